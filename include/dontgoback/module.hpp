#pragma once

#include <functional>
#include <iosfwd>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "dontgoback/backup.hpp"
#include "dontgoback/config/node.hpp"
#include "dontgoback/config/options.hpp"
#include "dontgoback/http/client.hpp"
#include "dontgoback/http/cookies.hpp"
#include "dontgoback/http/router.hpp"
#include "dontgoback/jobs/outbox.hpp"
#include "dontgoback/jobs/scheduler.hpp"
#include "dontgoback/ports/asset_source.hpp"
#include "dontgoback/ports/deny_list.hpp"
#include "dontgoback/ports/token_source.hpp"
#include "dontgoback/ports/verification_keys.hpp"
#include "dontgoback/security/known_keys.hpp"
#include "dontgoback/security/proof.hpp"
#include "dontgoback/security/replay_memory.hpp"
#include "dontgoback/storage/database.hpp"
#include "dontgoback/storage/migration.hpp"
#include "dontgoback/telemetry/metrics.hpp"
#include "dontgoback/time/clock.hpp"
#include "dontgoback/time/clock_trust.hpp"
#include "dontgoback/time/day.hpp"

namespace dontgoback {

/// What modules offer one another. Set by src/app, in process or over HTTP, before a module that needs it starts; null
/// when the node neither runs the owner nor knows where it is.
struct Ports {
  std::shared_ptr<ports::VerificationKeys> service_keys;  ///< of tokens between servers
  std::shared_ptr<const ports::DenyList> denied;          ///< of those, what was taken back
  std::shared_ptr<ports::TokenSource> tokens;
  std::shared_ptr<ports::AssetSource> assets;
};

/// What a module may use of the host. The module's own wiring sees all of it; each class inside gets what it needs.
struct Host {
  const config::Node& node;
  const time::Clock& clock;
  time::ClockTrust& trust;  ///< how far the clock may be believed
  const time::Zone& zone;
  storage::Database& database;  ///< only for modules that bring migrations
  http::Router& router;
  http::Client& client;
  jobs::Scheduler& scheduler;
  jobs::Outbox& outbox;
  telemetry::Metrics& metrics;
  const http::Authenticator& services;    ///< access tokens of other nodes: security::ServiceAuthenticator
  const security::ProofVerifier& proofs;  ///< DPoP proofs made for this node
  security::ReplayMemory& replays;        ///< of this process: what may be used once
  security::KnownKeys& known_keys;        ///< which key files the node has had
  http::CookieRules cookies;
  Ports& ports;
};

/// A subcommand: `dontgoback users create --role=ADMIN`.
struct Command {
  std::string group;  ///< "users"
  std::string name;   ///< "create"
  std::string help;
  /// Declares flags and positional arguments (a name without dashes).
  std::function<void(config::Options&)> declare;
  /// Runs on the configured database, migrated, while a server may run beside it. Writes its answer to `out`, as JSON
  /// when asked. Throws std::invalid_argument for wrong usage (exit code 2), anything else for a failure (1).
  struct Context {
    Host& host;
    std::ostream& out;
    bool json;
  };
  std::function<void(Context)> run;
};

/// A room of the house. It registers everything it brings; src/app knows the list of them.
class Module {
 public:
  virtual ~Module() = default;
  virtual std::string_view name() const = 0;
  virtual void declare(config::Options&) {}
  virtual storage::Migrations migrations() const { return {}; }
  virtual std::vector<Command> commands() { return {}; }
  /// What a backup of a node that runs it holds besides the database. Nothing has been started.
  virtual std::vector<backup::KeptFile> kept_files(const config::Node&) const { return {}; }
  /// What must be so of its tables' rows, for `backup verify`.
  virtual std::vector<backup::Consistency> consistency() const { return {}; }
  /// What is wrong with its keys in a copy of a node: those that are missing or do not open what they sealed. Asked of
  /// copies that have its tables, or of all when it has none; its options are of this node, and mean nothing here.
  virtual std::vector<std::string> check_copy(const backup::Copy&) const { return {}; }
  /// Wires the module and adds its routes, jobs and deliveries. Throws std::invalid_argument, naming the option, for
  /// settings that cannot work: the node does not start.
  virtual void start(Host& host) = 0;
  /// After requests and jobs have ended, in reverse order of start.
  virtual void stop() {}
};

}  // namespace dontgoback
