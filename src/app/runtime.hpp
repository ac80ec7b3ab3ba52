#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "backup_watch.hpp"
#include "clock/node_trust.hpp"
#include "clock/recorded_trust.hpp"
#include "config/settings.hpp"
#include "dontgoback/module.hpp"
#include "dontgoback/ports.hpp"
#include "http/server/route_table.hpp"
#include "jobs/outbox.hpp"
#include "jobs/scheduler.hpp"
#include "limits/memory_limiter.hpp"
#include "modules.hpp"
#include "node_metrics.hpp"
#include "shared/local_state.hpp"
#include "shared/redis_hub.hpp"
#include "storage/open.hpp"
#include "telemetry/health_board.hpp"
#include "telemetry/node_overview.hpp"
#include "telemetry/registry.hpp"

namespace dontgoback::app {

/// Reads the password's file where the database wants one.
storage::DatabaseSettings database_settings(const config::Settings& settings);
/// The node's database as a server opens it: one that is not there is made at the first use.
std::unique_ptr<storage::Database> open_database(const config::Settings& settings, const Modules& modules);
/// The host's own tables.
storage::Migrations host_migrations();
/// Those, and the tables of what runs here.
storage::Migrations all_migrations(const Modules& modules);
/// The host's and every module's, whether it runs here or not.
storage::Migrations every_migration(const Modules& modules);

/// What the node's modules run on, wired together; for a server and for a command alike. Nothing is opened or started
/// by constructing it. `settings.node` must be complete (own_url) before `start` or `connect`.
class Runtime {
 public:
  Runtime(const config::Settings& settings, Modules& modules, std::unique_ptr<storage::Database> database);
  /// Ends what runs, in reverse order.
  ~Runtime();
  Runtime(const Runtime&) = delete;
  Runtime& operator=(const Runtime&) = delete;

  /// Brings the database to the schema of what runs here, then starts the modules. Once.
  void start();
  /// Instead of it, for a command: modules are asked for their jobs and not started, the database stays as it is.
  void connect();
  /// Before anything is written whose age will count: writes down a clock that is not confirmed.
  void look_at_clock();
  /// Lets jobs and deliveries run by themselves from now on.
  void start_jobs();
  /// Asks jobs to stop and waits for them.
  void stop_jobs();

  Host& host() { return *host_; }
  const Ports& ports() const { return ports_; }
  const http::RouteTable& routes() const { return routes_; }
  telemetry::MetricsRegistry& metrics() { return metrics_; }
  jobs::JobScheduler& scheduler() { return scheduler_; }
  /// Whether the node keeps one.
  bool has_database() const { return has_database_; }
  storage::Database& database() { return *database_; }
  telemetry::HealthBoard& health() { return health_; }
  limits::Limiter& limiter() { return redis_ ? redis_->limiter() : limiter_; }

 private:
  shared::State& state() { return redis_ ? redis_->state() : own_state_; }
  void start_redis();
  void tell_others_of_writes();
  void add_clock_job();
  void make_host();

  const config::Settings& settings_;
  Modules& modules_;
  const time::SystemClock clock_;
  clock::Watch clock_watch_;
  const time::Zone zone_;
  telemetry::MetricsRegistry metrics_;
  telemetry::HealthBoard health_{metrics_};
  telemetry::NodeOverview overview_;
  limits::MemoryLimiter limiter_{clock_};
  shared::LocalState own_state_;
  const std::unique_ptr<shared::RedisHub> redis_;  // null: this node keeps to itself
  http::RouteTable routes_;
  const std::unique_ptr<http::Client> client_;
  const bool has_database_;
  const std::unique_ptr<storage::Database> database_;
  const std::unique_ptr<security::KnownKeys> known_keys_;
  clock::RecordedTrust recorded_trust_;
  clock::NodeTrust node_trust_{clock_watch_};
  time::ClockTrust& trust_;  // the first where there is a database to record in
  jobs::JobScheduler scheduler_;
  jobs::DatabaseOutbox outbox_;
  Ports ports_;
  BackupWatch backup_watch_;
  NodeMetrics node_metrics_;
  std::unique_ptr<Host> host_;
  std::once_flag redis_started_;
  bool jobs_stopped_ = false;
};

}  // namespace dontgoback::app
