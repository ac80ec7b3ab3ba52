#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "ages.hpp"
#include "dontgoback/storage/database.hpp"
#include "dontgoback/time/clock_trust.hpp"
#include "watch.hpp"

namespace dontgoback::clock {

/// Of a node with a database: writes down there what the clock shows while nothing confirms it, so that whatever is
/// written meanwhile, by any node, ages from the first confirmed moment after it.
class RecordedTrust final : public time::ClockTrust {
 public:
  /// A span is written down so far ahead: half of this is how often an unconfirmed clock costs a write.
  static constexpr std::chrono::minutes kAhead{10};
  /// A clock that was set is noticed within this.
  static constexpr std::chrono::seconds kLookEvery{10};

  RecordedTrust(Watch& watch, storage::Database& database) : watch_(watch), database_(database) {}

  /// Before anything else is written, and then every kLookEvery: reads what is known, writes down an unconfirmed span,
  /// or that the clock is confirmed now. Throws Unavailable.
  void look();

  std::optional<time::Timestamp> confirmed_now() const override;
  bool older_than(time::Timestamp::duration age, time::Timestamp written) const override;
  std::vector<time::Span> spans_older_than(time::Timestamp::duration age) override;
  std::chrono::milliseconds settled() const override { return watch_.look().settled; }

 private:
  void write_down(const Watch::Look& look);
  /// What is open is confirmed now.
  void close(time::Timestamp now);
  void read();

  Watch& watch_;
  storage::Database& database_;
  mutable std::mutex mutex_;
  bool known_ = false;
  std::vector<UnconfirmedSpan> spans_;
  std::mutex looking_;  // one look at a time; the rest is its own
  bool was_confirmed_ = false;
  std::chrono::steady_clock::time_point read_at_{};
};

}  // namespace dontgoback::clock
