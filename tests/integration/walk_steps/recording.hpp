#pragma once

#include <atomic>
#include <map>
#include <string>
#include <vector>

#include "steps/recorder.hpp"
#include "support/databases.hpp"
#include "support/set_clock.hpp"
#include "support/set_trust.hpp"
#include "support/walk/some_walkers.hpp"
#include "unit/walk_steps/saying.hpp"

namespace dontgoback::test {

/// Counts what it is told; undone transactions too.
class CountingListener final : public Listener {
 public:
  void changed(storage::Connection&, std::span<const Change> changes) const override {
    ++times;
    last.assign(changes.begin(), changes.end());
  }
  mutable std::atomic<int> times{0};
  mutable std::vector<Change> last;
};

/// A recorder on a fresh database. It is 1 March 2026, 12:00 UTC.
struct Recording {
  explicit Recording(storage::Dialect dialect) : fresh(dialect, walk::migrations()), database(*fresh) {
    database.tell_notices_to([this](std::string_view topic, std::string_view message) {
      notices.emplace_back(std::string(topic) + " " + std::string(message));
    });
    clock.set(at("2026-03-01", 12));
  }

  Result<std::vector<Recorded>> record(WalkerId walker, const std::vector<Saying>& sayings) {
    std::vector<Update> updates;
    for (const auto& saying : sayings) updates.push_back(saying.update());
    return recorder.record(walker, std::move(updates));
  }
  std::map<std::string, std::int32_t> days_of(WalkerId walker) {
    return database.read([&](storage::Connection& connection) {
      std::map<std::string, std::int32_t> found;
      for (const auto& each : days(connection, walker, day("2026-01-01"), day("2026-12-31"))) {
        found[time::to_string(each.day)] = each.total;
      }
      return found;
    });
  }
  std::int64_t offset_of(WalkerId walker) {
    return database.read([&](storage::Connection& connection) {
      return walk::walkers::find(connection, walker).value().offset_minutes;
    });
  }

  FreshDatabase fresh;
  storage::Database& database;
  SetClock clock;
  SetTrust trust{clock};
  std::vector<std::string> notices;  // told in the recorder's thread, before it answers
  CountingListener listener;
  QueuedRecorder recorder{{database, clock, trust, {&listener}, {}}};
};

using Days = std::map<std::string, std::int32_t>;

}  // namespace dontgoback::test
