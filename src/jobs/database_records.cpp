#include "dontgoback/text/utf8.hpp"
#include "lease.hpp"
#include "records.hpp"

namespace dontgoback::jobs {

namespace {

constexpr std::size_t kMaxResult = 500;  // characters; so many bytes are never more

std::string_view insert_if_absent(storage::Dialect dialect) {
  return dialect == storage::Dialect::sqlite
             ? "INSERT OR IGNORE INTO jobs (name, last_result, last_success_day, failures, not_before) VALUES (:name, "
               "'', :day, 0, :not_before)"
             : "INSERT IGNORE INTO jobs (name, last_result, last_success_day, failures, not_before) VALUES (:name, '', "
               ":day, 0, :not_before)";
}

std::optional<Progress> find(storage::Connection& connection, std::string_view name) {
  std::optional<Progress> progress;
  connection.each(
      "SELECT last_started, last_finished, last_result, last_success_day, failures, not_before FROM jobs WHERE name = "
      ":name",
      storage::args(name),
      [&progress](std::optional<time::Timestamp> started, std::optional<time::Timestamp> finished,
                  std::string_view result, std::optional<time::Day> day, std::int64_t failures,
                  std::optional<time::Timestamp> not_before) {
        progress = {started, finished, std::string(result), day, failures, not_before};
      });
  return progress;
}

Progress find_or_add(storage::Connection& connection, std::string_view name, const Progress& first) {
  if (auto known = find(connection, name)) return *known;
  connection.execute(insert_if_absent(connection.dialect()), name, first.last_success_day, first.not_before);
  return first;
}

std::string lease_of(const std::string& job) { return "job/" + job; }

class DatabaseRecords final : public JobRecords {
 public:
  DatabaseRecords(storage::Database& database, const time::Clock& clock, std::string node_name)
      : database_(database), clock_(clock), node_name_(std::move(node_name)) {}

  std::optional<Progress> known(const std::string& name) override {
    return database_.read([&](storage::Connection& connection) { return find(connection, name); });
  }

  Progress recall(const std::string& name, const Progress& first) override {
    if (auto progress = known(name)) return *progress;  // only the first look ever writes
    return database_.write([&](storage::Connection& connection) { return find_or_add(connection, name, first); });
  }

  std::optional<Begun> begin(const std::string& name, const Progress& first,
                             const std::function<bool(const Progress&)>& due) override {
    const std::string owner = new_lease_owner(node_name_);
    const auto now = clock_.now();
    auto progress = database_.write([&](storage::Connection& connection) -> std::optional<Progress> {
      if (!take_lease(connection, lease_of(name), owner, now)) return std::nullopt;
      auto known = find_or_add(connection, name, first);
      if (!due(known)) {
        end_lease(connection, lease_of(name), owner);
        return std::nullopt;
      }
      known.last_started = now;
      connection.execute("UPDATE jobs SET last_started = :started WHERE name = :name", now, name);
      return known;
    });
    if (!progress) return std::nullopt;
    auto keeper = std::make_shared<LeaseKeeper>(database_, clock_, lease_of(name), owner, now);
    return Begun{owner, std::move(*progress), [keeper] { return keeper->keep(); }};
  }

  bool finish(const std::string& name, const Begun& run, const Progress& after) override {
    return database_.write([&](storage::Connection& connection) {
      if (!end_lease(connection, lease_of(name), run.owner)) return false;
      connection.execute(
          "UPDATE jobs SET last_finished = :finished, last_result = :result, last_success_day = :day, failures = "
          ":failures, not_before = :not_before WHERE name = :name",
          after.last_finished, text::shortened(after.last_result, kMaxResult), after.last_success_day, after.failures,
          after.not_before, name);
      return true;
    });
  }

  bool running(const std::string& name) override {
    return database_.read([&](storage::Connection& connection) {
      return connection
          .one<std::int64_t>("SELECT 1 FROM leases WHERE name = :name AND expires_at > :now", lease_of(name),
                             clock_.now())
          .has_value();
    });
  }

 private:
  storage::Database& database_;
  const time::Clock& clock_;
  const std::string node_name_;
};

}  // namespace

std::unique_ptr<JobRecords> make_database_records(storage::Database& database, const time::Clock& clock,
                                                  std::string node_name) {
  return std::make_unique<DatabaseRecords>(database, clock, std::move(node_name));
}

}  // namespace dontgoback::jobs
