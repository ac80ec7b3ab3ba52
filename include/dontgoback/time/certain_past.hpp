#pragma once

#include <chrono>
#include <deque>
#include <mutex>
#include <optional>

#include "dontgoback/time/clock.hpp"

namespace dontgoback::time {

/// What time it is at least, for deleting for good what has ended: a machine without a battery may have a clock that is
/// ahead until it has met a time server. The clock is believed as far as it has kept to for kLookBack of steady time:
/// of its readings in that span, and the last one before it, the least counts, with what has gone by since. Every call
/// reads the clock; calls seconds apart or more keep this small. Any thread.
class CertainPast {
 public:
  static constexpr std::chrono::minutes kLookBack{15};

  explicit CertainPast(const Clock& clock);

  /// Nothing until this is kLookBack old.
  std::optional<Timestamp> moment();

 private:
  using Steady = std::chrono::steady_clock::time_point;
  struct Reading {
    Steady at;
    Timestamp::duration ahead_of_steady;
  };
  Reading read() const;

  const Clock& clock_;
  std::mutex mutex_;
  std::deque<Reading> readings_;
};

}  // namespace dontgoback::time
