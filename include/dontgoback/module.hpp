#pragma once

#include <functional>
#include <iosfwd>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "dontgoback/backup.hpp"
#include "dontgoback/config/checks.hpp"
#include "dontgoback/config/node.hpp"
#include "dontgoback/config/options.hpp"
#include "dontgoback/http/client.hpp"
#include "dontgoback/http/router.hpp"
#include "dontgoback/jobs/outbox.hpp"
#include "dontgoback/jobs/scheduler.hpp"
#include "dontgoback/limits/limiter.hpp"
#include "dontgoback/security/files/known_keys.hpp"
#include "dontgoback/shared/state.hpp"
#include "dontgoback/storage/database.hpp"
#include "dontgoback/storage/migration.hpp"
#include "dontgoback/telemetry/health.hpp"
#include "dontgoback/telemetry/metrics.hpp"
#include "dontgoback/telemetry/overview.hpp"
#include "dontgoback/time/clock.hpp"
#include "dontgoback/time/clock_trust.hpp"
#include "dontgoback/time/day.hpp"

namespace dontgoback {

class Ports;

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
  telemetry::Health& health;        ///< what keeps the node from its work, and what its operator should know
  security::KnownKeys& known_keys;  ///< which key files the node has had
  limits::Limiter& limiter;         ///< who may do how much of what
  shared::State& state;             ///< what nodes tell one another
  telemetry::Overview& overview;    ///< how the node is, for who runs it
};

/// A subcommand: `dontgoback users create --member-role=ADMIN`. It runs in a process of its own, maybe beside a server,
/// maybe while the node is stopped and its secrets are out of reach.
struct Command {
  std::string group;  ///< "users"
  std::string name;   ///< "create"
  /// What it does with the database. One that reads is given a database that cannot be written, and changes nothing on
  /// disk; one that writes, writes the rows it is for and nothing else.
  enum class Uses { reads, writes };
  Uses uses;
  std::string help;
  /// Declares flags and positional arguments (a name without dashes).
  std::function<void(config::Options&)> declare;
  /// The module has not been started, and nothing is made for it: `host` is over the configured database, whose schema
  /// is exactly the host's and this module's; of others' tables nothing is known. What else it uses (a key file, a
  /// client's secret) the command reads itself, when it does; a port that the module found opens what it needs when it
  /// is first asked. Throws std::invalid_argument for wrong usage (exit code 2), anything else for a failure (1).
  struct Context {
    Host& host;
    std::ostream& out;    ///< the answer, as JSON when asked
    std::ostream& notes;  ///< what its reader should know besides, a line each: that nothing had to be done, and why
    bool json;
  };
  std::function<void(Context)> run;
};

/// A module: a product or a service of the program. It registers everything it brings; src/app knows the list of them.
/// In every process each module is asked for its options, their check and its ports; those that run in it
/// (`config::Node::runs`) are also started by a server, in the order of the list, after all have connected.
class Module {
 public:
  virtual ~Module() = default;
  virtual std::string_view name() const = 0;
  virtual void declare(config::Options&) {}
  /// Judges the settings as `connect` and `start` would, all of them, without opening or changing anything: what a
  /// start, `config check` and every other command ask first. Also asked where the module does not run, for the options
  /// that say where it is.
  virtual void check(config::Checks&) const {}
  virtual storage::Migrations migrations() const { return {}; }
  virtual std::vector<Command> commands() { return {}; }
  /// What a backup of a node that runs it holds besides the database. Nothing has been started.
  virtual std::vector<backup::KeptFile> kept_files(const config::Node&) const { return {}; }
  /// What must be so of its tables' rows, for `backup verify`.
  virtual std::vector<backup::Consistency> consistency() const { return {}; }
  /// What is wrong with its keys in a copy of a node: those that are missing or do not open what they sealed. Asked of
  /// copies that have its tables, or of all when it has none; its options are of this node, and mean nothing here.
  virtual std::vector<std::string> check_copy(const backup::Copy&) const { return {}; }
  /// What it does by itself. Also asked, by a command that lists or runs jobs, of a module that is not started: nothing
  /// is opened before a job runs, and one that finds nothing of this process to work on says so.
  virtual std::vector<jobs::Job> own_jobs(Host&) { return {}; }
  /// Makes the keys that the module's commands use, in the data directory and in the database, where there are none
  /// yet, so that commands can work on a new database before the first start. Reads no secret besides.
  virtual void make_keys(Host&) {}
  /// Offers the module's ports, in a server and for a command alike: the half in this process where the module runs
  /// here, else the one over HTTP, when it is said where the module is. Finds the ports of others that the module uses,
  /// whose owners come before it in the list of modules. Opens and makes nothing, for `start` may not follow: what a
  /// port needs it opens when it is first asked.
  virtual void connect(Host&, Ports&) {}
  /// Wires the module and adds its routes and deliveries; makes its keys as `make_keys` does. After `connect`. Throws
  /// std::invalid_argument, naming the option, for settings that cannot work and that `check` could not see (they need
  /// the database): the node does not start.
  virtual void start(Host& host) = 0;
  /// A socket of its own, besides the host's: `grpc`, `127.0.0.1:8093`.
  struct Listening {
    std::string name;
    std::string address;
  };
  /// Those of a module that has started: the node's ready line says them.
  virtual std::vector<Listening> listening() const { return {}; }
  /// How many connections it takes there at most: files that the host keeps for them. Where the module runs.
  virtual std::int64_t most_connections() const { return 0; }
  /// An address of the module's own where the host's HTTP server answers other routes. What its clients may use of
  /// the node (connections, memory, bodies, lanes) is counted with all others'.
  struct OwnListener {
    std::string name;     ///< what the ready line calls it: `first-release`
    std::string address;  ///< ADDR:PORT; port 0 picks one
    /// Asked once, after `start`.
    std::function<void(Host&, http::Router&)> add_routes;
  };
  /// As the options say; asked of a server, of a module that runs, before `start`.
  virtual std::vector<OwnListener> own_listeners() { return {}; }
  /// After requests and jobs have ended, in reverse order of start.
  virtual void stop() {}
};

}  // namespace dontgoback
