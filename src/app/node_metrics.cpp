#include "node_metrics.hpp"

#include <array>
#include <limits>

#include "storage/disk_space.hpp"
#include "storage/statistics.hpp"
#include "version.hpp"

namespace dontgoback::app {
namespace {

using std::chrono::microseconds;

constexpr double kNotKnown = std::numeric_limits<double>::quiet_NaN();
// From a disk with a battery behind it to a card that has to be waited for.
constexpr std::array<microseconds, 9> kCommitBounds{
    microseconds(500),    microseconds(1'000),   microseconds(2'500),   microseconds(5'000),    microseconds(10'000),
    microseconds(50'000), microseconds(100'000), microseconds(500'000), microseconds(2'500'000)};

double seconds_of(std::chrono::milliseconds time) { return std::chrono::duration<double>(time).count(); }

}  // namespace

void NodeMetrics::add_to(telemetry::Metrics& metrics, jobs::Scheduler& scheduler) {
  metrics.gauge(
      "dontgoback_build_info", "1, with the version that runs and the node's role.", [] { return 1.0; },
      "version=\"" + std::string(kVersion) + "\",role=\"" + node_.role + '"');
  metrics.gauge("dontgoback_clock_confirmed", "Whether the clock is confirmed (docs/readiness.md).",
                [this] { return watch_.look().confirmed() ? 1.0 : 0.0; });
  metrics.gauge("dontgoback_clock_time_seconds",
                "The node's clock: less timestamp() of itself it is how far that is from Prometheus' own.",
                [this] { return std::chrono::duration<double>(clock_.now().time_since_epoch()).count(); });
  metrics.gauge("dontgoback_disk_free_bytes", "Left where --data-dir is.", [this] { return free_bytes_.load(); });
  metrics.gauge("dontgoback_disk_size_bytes", "How large the file system is where --data-dir is.",
                [this] { return disk_bytes_.load(); });
  const jobs::Schedule often{{}, std::chrono::minutes(1), true};
  scheduler.add({"disk-watch", often, false, [this](const jobs::Run&) {
                   look();
                   return std::string("the disk was looked at");
                 }});
}

void NodeMetrics::look() {
  const auto space = storage::disk_space_at(node_.data_dir);
  free_bytes_ = space ? static_cast<double>(space->bytes) : kNotKnown;
  disk_bytes_ = space ? static_cast<double>(space->whole) : kNotKnown;
  if (database_ == nullptr) return;
  try {
    database_bytes_ = static_cast<double>(storage::size_in_bytes(*database_));
  } catch (const std::exception&) {  // away, which /readyz tells
    database_bytes_ = kNotKnown;
  }
}

void NodeMetrics::add_database(telemetry::Metrics& metrics, storage::Database& database,
                               const jobs::DatabaseOutbox& outbox) {
  database_ = &database;
  storage::tell_stopped_statements(database, [&metrics](std::string_view name) {
    metrics
        .counter("dontgoback_statement_timeouts_total", "Statements stopped by their time limit.",
                 "statement=\"" + std::string(name) + "\"")
        .add();
  });
  storage::time_commits(database, metrics.histogram("dontgoback_database_commit_duration_seconds",
                                                    "How long a COMMIT took that wrote something.", kCommitBounds));
  const auto of_database = [&database](auto member) {
    return [&database, member] { return static_cast<double>(storage::statistics(database).*member); };
  };
  metrics.total("dontgoback_database_commits_total", "Transactions committed.",
                of_database(&storage::Statistics::batches));
  metrics.total("dontgoback_database_writes_total", "Writes in them: several share a commit.",
                of_database(&storage::Statistics::committed_writes));
  metrics.gauge("dontgoback_database_waiting_writes", "Writes that wait for the next commit.",
                of_database(&storage::Statistics::waiting_writes));
  metrics.gauge("dontgoback_database_readers_busy", "Connections of the pool for reading that are in use.",
                of_database(&storage::Statistics::lent_readers));
  metrics.gauge("dontgoback_database_readers", "Connections that the pool for reading may have.",
                of_database(&storage::Statistics::readers));
  metrics.gauge("dontgoback_database_size_bytes", "What the database takes: an SQLite file and its log, or tables.",
                [this] { return database_bytes_.load(); });
  metrics.gauge("dontgoback_outbox_waiting", "Messages that wait to be delivered.",
                [&outbox] { return static_cast<double>(outbox.last_counts().waiting); });
  metrics.gauge("dontgoback_outbox_failed", "Messages given up on after three days.",
                [&outbox] { return static_cast<double>(outbox.last_counts().failed); });
  metrics.gauge("dontgoback_outbox_oldest_age_seconds", "For how long the oldest of those that wait has waited.",
                [&outbox] { return seconds_of(outbox.oldest_age()); });
}

void NodeMetrics::add_topics(telemetry::Metrics& metrics, const jobs::DatabaseOutbox& outbox) {
  for (const auto& topic : outbox.topics()) {
    metrics.gauge(
        "dontgoback_outbox_topic_waiting", "Messages that wait to be delivered, by what they are.",
        [&outbox, topic] { return static_cast<double>(outbox.last_waiting(topic)); }, "topic=\"" + topic + '"');
  }
}

}  // namespace dontgoback::app
