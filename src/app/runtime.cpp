#include "runtime.hpp"

#include <unistd.h>

#include <array>

#include "clock/job.hpp"
#include "clock/migrations.hpp"
#include "dontgoback/security/files/secret_file.hpp"
#include "dontgoback/telemetry/log.hpp"
#include "dontgoback/text/url.hpp"
#include "http/client/pooled_client.hpp"
#include "jobs/migrations.hpp"
#include "known_keys.hpp"
#include "management.hpp"
#include "no_database.hpp"

namespace dontgoback::app {
namespace {

// A command waits so long for Redis when it has something to tell the nodes.
constexpr std::chrono::seconds kForRedis{1};
constexpr std::chrono::seconds kLookAtHealth{30};

// Who holds a lease. A process of its own each time: a command beside the server is another holder.
std::string process_name() {
  std::array<char, 256> host{};
  ::gethostname(host.data(), host.size() - 1);
  return std::string(host.data()) + "/" + std::to_string(::getpid());
}

std::unique_ptr<security::KnownKeys> make_known_keys(const config::Settings& settings, storage::Database& database,
                                                     bool has_database) {
  if (has_database) return std::make_unique<DatabaseKnownKeys>(database, settings.node.data_dir);
  return std::make_unique<FileKnownKeys>(settings.node.data_dir);
}

std::unique_ptr<shared::RedisHub> make_redis(const config::Settings& settings, limits::MemoryLimiter& counts,
                                             telemetry::Metrics& metrics) {
  if (settings.redis.empty()) return nullptr;
  return std::make_unique<shared::RedisHub>(shared::parse_redis_url(settings.redis).value(), counts, metrics);
}

}  // namespace

storage::DatabaseSettings database_settings(const config::Settings& settings) {
  storage::DatabaseSettings database;
  database.url = settings.database;
  database.data_dir = settings.node.data_dir;
  if (!settings.database_password_file.empty() && storage::has_password(database)) {
    database.password = security::secret_of("--database-password-file", settings.database_password_file);
  }
  return database;
}

std::unique_ptr<storage::Database> open_database(const config::Settings& settings, const Modules& modules) {
  if (modules.migrations().empty()) return std::make_unique<NoDatabase>();
  return storage::open_database(database_settings(settings));
}

storage::Migrations host_migrations() {
  auto migrations = jobs::migrations();
  const auto of_clock = clock::migrations();
  migrations.insert(migrations.end(), of_clock.begin(), of_clock.end());
  return migrations;
}

storage::Migrations all_migrations(const Modules& modules) {
  auto migrations = host_migrations();
  const auto of_modules = modules.migrations();
  migrations.insert(migrations.end(), of_modules.begin(), of_modules.end());
  return migrations;
}

storage::Migrations every_migration(const Modules& modules) {
  auto migrations = host_migrations();
  for (const auto& module : modules.all()) {
    const auto own = module->migrations();
    migrations.insert(migrations.end(), own.begin(), own.end());
  }
  return migrations;
}

Runtime::Runtime(const config::Settings& settings, Modules& modules, std::unique_ptr<storage::Database> database)
    : settings_(settings),
      modules_(modules),
      clock_watch_(clock_, {settings.clock_trusted, settings.clock_synchronized_file}),
      zone_(settings.timezone),
      overview_(metrics_, health_, clock_, kManagementPaths),
      redis_(make_redis(settings, limiter_, metrics_)),
      client_(http::make_client()),
      has_database_(!modules.migrations().empty()),
      database_(std::move(database)),
      known_keys_(make_known_keys(settings, *database_, has_database_)),
      recorded_trust_(clock_watch_, *database_),
      trust_(has_database_ ? static_cast<time::ClockTrust&>(recorded_trust_) : node_trust_),
      scheduler_(*database_, clock_, trust_, zone_, process_name()),
      outbox_(*database_, clock_, process_name()),
      backup_watch_(settings.node.data_dir),
      node_metrics_(settings.node, clock_, clock_watch_) {
  database_->tell_notices_to(
      [this](std::string_view topic, std::string_view message) { state().publish(topic, message); });
}

Runtime::~Runtime() {
  if (!jobs_stopped_) stop_jobs();
  modules_.stop();
}

void Runtime::start() {
  if (has_database_) {
    storage::migrate(*database_, all_migrations(modules_));
    node_metrics_.add_database(metrics_, *database_, outbox_);
    health_.add("database", [this]() -> telemetry::Finding {
      auto trouble = storage::trouble(*database_);
      if (trouble.empty()) return {};
      return {telemetry::Finding::Weight::unready, std::move(trouble)};
    });
  }
  health_.add("clock", [this]() -> telemetry::Finding {
    const auto by = clock_watch_.look().by;
    if (by != clock::Watch::By::nothing) return {};
    return {telemetry::Finding::Weight::note, std::string(clock::describe(by))};
  });
  look_at_clock();
  add_clock_job();
  health_.add("backup", [this] { return backup_watch_.finding(); });
  backup_watch_.add_to(metrics_, scheduler_);
  node_metrics_.add_to(metrics_, scheduler_);
  // For the metrics: nobody need ask /readyz.
  scheduler_.add({"health-watch", {{}, kLookAtHealth, true}, false, [this](const jobs::Run&) {
                    return health_.look().unready.empty() ? std::string("the node can work") : "the node cannot work";
                  }});
  overview_.add_to(scheduler_);
  if (redis_) start_redis();
  make_host();
  modules_.connect(*host_, ports_);
  modules_.start(*host_);
  modules_.add_jobs(*host_);
  if (has_database_) node_metrics_.add_topics(metrics_, outbox_);
  scheduler_.add_to(metrics_);
  if (const auto now = clock_watch_.look(); !now.confirmed()) telemetry::log_warn(clock::describe(now.by));
}

void Runtime::start_redis() {
  const auto password = [file = settings_.redis_password_file] {
    return file.empty() ? std::string() : security::secret_of("--redis-password-file", file);
  };
  password();  // a file that is not there stops the start; later it is why there is no connection
  redis_->start(password);
  health_.add("redis", [this] { return redis_->finding(); });
}

void Runtime::tell_others_of_writes() {
  database_->tell_notices_to([this](std::string_view topic, std::string_view message) {
    std::call_once(redis_started_, [this] {
      start_redis();
      redis_->wait(kForRedis);
    });
    redis_->state().publish(topic, message);
  });
}

void Runtime::look_at_clock() {
  try {
    if (has_database_) recorded_trust_.look();
  } catch (const std::exception& cause) {  // a full disk: nothing else is written either, and the job goes on trying
    telemetry::log_warn("the clock's state cannot be written down", {{"cause", cause.what()}});
  }
}

void Runtime::add_clock_job() {
  const auto look = [this] {
    if (has_database_) recorded_trust_.look();
  };
  scheduler_.add(clock::clock_job(clock_watch_, look, [this] {
    scheduler_.wake();
    if (has_database_) outbox_.recall();
  }));
}

void Runtime::connect() {
  if (redis_) tell_others_of_writes();
  add_clock_job();
  make_host();
  modules_.connect(*host_, ports_);
  modules_.add_jobs(*host_);
}

void Runtime::make_host() {
  host_ = std::make_unique<Host>(Host{settings_.node, clock_, trust_, zone_, *database_, routes_, *client_, scheduler_,
                                      outbox_, metrics_, health_, *known_keys_, limiter(), state(), overview_});
}

void Runtime::start_jobs() {
  scheduler_.start();
  outbox_.start();
}

void Runtime::stop_jobs() {
  jobs_stopped_ = true;
  scheduler_.stop();
  outbox_.stop();
}

}  // namespace dontgoback::app
