#pragma once

#include <atomic>
#include <limits>

#include "clock/watch.hpp"
#include "dontgoback/config/node.hpp"
#include "dontgoback/jobs/scheduler.hpp"
#include "dontgoback/storage/database.hpp"
#include "dontgoback/telemetry/metrics.hpp"
#include "jobs/outbox.hpp"

namespace dontgoback::app {

/// What the host tells of itself besides its requests (docs/monitoring.md): the build, the clock, the disk, the
/// database, the outbox.
class NodeMetrics {
 public:
  /// They outlive it.
  NodeMetrics(const config::Node& node, const time::Clock& clock, clock::Watch& watch)
      : node_(node), clock_(clock), watch_(watch) {}

  /// With the job `disk-watch`: how full a disk is may take long to learn, so that nobody who scrapes waits for it.
  void add_to(telemetry::Metrics& metrics, jobs::Scheduler& scheduler);
  /// Where the node keeps a database.
  void add_database(telemetry::Metrics& metrics, storage::Database& database, const jobs::DatabaseOutbox& outbox);
  /// Once all that is delivered here is known.
  static void add_topics(telemetry::Metrics& metrics, const jobs::DatabaseOutbox& outbox);

 private:
  void look();

  const config::Node& node_;
  const time::Clock& clock_;
  clock::Watch& watch_;
  storage::Database* database_ = nullptr;
  // Not known: NaN.
  std::atomic<double> free_bytes_{std::numeric_limits<double>::quiet_NaN()};
  std::atomic<double> disk_bytes_{std::numeric_limits<double>::quiet_NaN()};
  std::atomic<double> database_bytes_{std::numeric_limits<double>::quiet_NaN()};
};

}  // namespace dontgoback::app
