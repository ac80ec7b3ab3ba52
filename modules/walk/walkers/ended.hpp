#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "dontgoback/shared/state.hpp"
#include "dontgoback/storage/database.hpp"
#include "dontgoback/time/clock.hpp"

namespace dontgoback::walk::walkers {

/// Which sessions ended while their access tokens may go on: what many calls a second are judged by without asking the
/// database each time. Told by shared::State at once; once a second one of those who ask looks at what is new in the
/// database, where a command may have ended some in a process of its own. Any thread that may block.
class EndedSessions {
 public:
  EndedSessions(storage::Database& database, shared::State& state, const time::Clock& clock);

  enum class Is { ended, going_on, unknown };
  /// `unknown`: more have ended lately than are kept here; ask the database. Throws as the database does.
  Is state_of(std::int64_t session);
  /// The same without a look at the database, and without blocking: nothing when one is due.
  std::optional<Is> known_state_of(std::int64_t session);

 private:
  using Moment = std::chrono::steady_clock::time_point;
  bool is_look_due(Moment now) const;
  Is kept_state_of(std::int64_t session);
  void look(Moment now);
  void read_anew();
  void read_newer();
  void add(std::int64_t session);

  storage::Database& database_;
  const time::Clock& clock_;
  std::shared_mutex mutex_;
  std::unordered_set<std::int64_t> ended_;
  std::vector<std::int64_t> heard_;  // while the database is read anew
  bool reading_anew_ = false;
  bool too_many_ = false;
  std::mutex looking_;            // whoever looks
  std::int64_t last_number_ = 0;  // under `looking_`
  std::atomic<Moment> looked_at_{Moment::min()};
  std::atomic<Moment> read_anew_at_{Moment::min()};
  std::atomic<Moment> failed_at_{Moment::min()};
  std::atomic<bool> lost_{false};
  std::unique_ptr<shared::Subscription> subscription_;  // last: it calls what is above
};

}  // namespace dontgoback::walk::walkers
