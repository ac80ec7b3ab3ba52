#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dontgoback/module.hpp"
#include "dontgoback/ports.hpp"
#include "dontgoback/ports/service_authenticator.hpp"
#include "http/server/route_table.hpp"
#include "http/server/server.hpp"
#include "jobs/outbox.hpp"
#include "jobs/scheduler.hpp"
#include "limits/memory_limiter.hpp"
#include "shared/local_state.hpp"
#include "support/databases.hpp"
#include "support/known_keys.hpp"
#include "support/set_trust.hpp"
#include "telemetry/health_board.hpp"
#include "telemetry/node_overview.hpp"
#include "telemetry/registry.hpp"

namespace dontgoback::test {

/// Names without dashes and values; a name may come again, for an option that takes several.
using GivenOptions = std::vector<std::pair<std::string, std::string>>;

/// What tests decide about their node.
struct NodeParts {
  const time::Clock& clock;
  config::Node node{};                    ///< `own_url` is where the node listens, when it is left empty
  storage::Database* database = nullptr;  ///< which outlives the node; null: an SQLite file in its data directory
  std::string listen = "127.0.0.1:0";     ///< the second of two nodes that are one to their clients has the first's
  shared::State* state = nullptr;         ///< which outlives the node; null: it is alone
  /// Offered as a port; null: that is the auth module's, or the test's.
  std::shared_ptr<ports::ServiceAuthenticator> services = nullptr;
};

/// Lets no service in: for nodes that are asked by none.
class NoServices final : public ports::ServiceAuthenticator {
  Result<http::Identity> authenticate(const http::Request&) const override {
    return Failure{FailureKind::unauthenticated, {"인증이 필요합니다.", "An access token is needed."}};
  }
};

/// The settings of a node with this data directory.
config::Node node_in(const std::filesystem::path& data_dir);

/// What a node is made of, as src/app wires it, on a real database and a real socket: start modules or add routes, then
/// run. Jobs run when `host().scheduler.run_now` says so, and nothing is delivered.
class TestNode {
 public:
  explicit TestNode(NodeParts parts);
  ~TestNode();

  Host& host() { return host_; }
  telemetry::NodeOverview& overview() { return overview_; }
  const config::Node& settings() const { return node_; }
  Ports& ports() { return ports_; }
  const Ports& ports() const { return ports_; }

  /// Migrates the database, connects a module with these options and starts it. Throws std::invalid_argument for
  /// options that it does not have or take, and what its start throws. The module outlives what the node serves:
  /// `stop`.
  void start(Module& module, const GivenOptions& given = {});
  /// Answers at `url`, until `stop`, which lets what is in hand finish and stops the modules.
  void run() { server_.run(); }
  void stop();

  const std::string& address() const { return server_.addresses().front(); }  ///< ADDR:PORT
  std::string url() const { return "http://" + address(); }

  struct Printed {
    std::string out;
    std::string notes;
  };
  /// Runs that one of the commands: `dontgoback GROUP NAME …`, on this node's database.
  Printed command(const std::vector<Command>& commands, std::string_view group, std::string_view name,
                  const GivenOptions& given = {}, bool json = false);

 private:
  std::unique_ptr<CheckedDatabase> own_database_;
  storage::Database& database_;
  telemetry::MetricsRegistry metrics_;
  telemetry::HealthBoard health_{metrics_};
  telemetry::NodeOverview overview_;
  http::RouteTable routes_, management_;
  http::Server server_;
  config::Node node_;
  std::unique_ptr<http::Client> client_;  // before the ports, which use it to their end
  Ports ports_;

 public:
  SetTrust trust;
  time::Zone zone{"Asia/Seoul"};

 private:
  jobs::JobScheduler scheduler_;
  jobs::DatabaseOutbox outbox_;
  limits::MemoryLimiter limiter_;
  shared::LocalState own_state_;
  RememberedKeys known_keys_;
  Host host_;
  std::vector<Module*> started_;
};

}  // namespace dontgoback::test
