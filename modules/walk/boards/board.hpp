#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "dontgoback/time/clock.hpp"
#include "dontgoback/time/day.hpp"
#include "walkers/walkers.hpp"

// What a board is. Pure.
namespace dontgoback::walk::boards {

enum class Period { today, week, month };

/// From Monday on, or from the first of the calendar month on, to the day itself.
struct Days {
  time::Day from;
  time::Day to;
};
Days days_of(Period period, time::Day day);

/// The days of a period for whoever's clock is how far from UTC: each walker's own.
struct DaysByClock {
  /// Offsets in minutes: below `before` it is the day before UTC's, from `after` on the day after.
  std::int64_t before;
  std::int64_t after;
  std::array<Days, 3> days;  ///< of the day before, of UTC's, of the day after

  const Days& of(std::int64_t offset_minutes) const {
    return days[offset_minutes < before ? 0 : offset_minutes >= after ? 2 : 1];
  }
};
DaysByClock days_by_clock(Period period, time::Timestamp now);

struct Entry {
  WalkerId walker;
  walkers::Uuid uuid;
  std::string nickname;  ///< "": none yet
  std::int64_t steps = 0;
  std::int64_t doubtful_steps = 0;  ///< those of days of low confidence among them
  std::int64_t reached_at = 0;      ///< when there were first so many, in milliseconds since 1970; told nobody
  bool is_me = false;
  int rank = 0;  ///< from 1 on; 0: it has none, being doubtful

  /// More than a quarter of its steps are of days of low confidence.
  bool is_doubtful() const { return doubtful_steps * 4 > steps; }
};

struct Board {
  Period period = Period::today;
  Days days;  ///< of whoever looks
  std::vector<Entry> entries;
};

/// Puts the entries in order and gives ranks: more steps first, of equal many who had them first. Those that are
/// doubtful stand below, in the same order, without a rank. Two share a rank only by the same moment.
void rank(std::vector<Entry>& entries);

}  // namespace dontgoback::walk::boards
