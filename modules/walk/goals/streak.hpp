#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "dontgoback/time/day.hpp"

// What a streak is (docs/goals.md). Pure.
namespace dontgoback::walk::goals {

/// What was to be walked a day, from a day on.
struct Goal {
  time::Day from;
  std::int64_t steps = 0;  ///< 0: none
  bool grace = false;      ///< one missed day a week, Monday to Sunday, is forgiven

  friend bool operator==(const Goal&, const Goal&) = default;
};

/// The one in force on the day; nothing before the first. `goals` are in order of day.
std::optional<Goal> in_force(std::span<const Goal> goals, time::Day day);

struct DaySteps {
  time::Day day;
  std::int64_t total = 0;
};

struct Streaks {
  std::int64_t current = 0;  ///< days on which the goal was reached; one that was forgiven is none
  std::int64_t longest = 0;
  std::optional<time::Day> since;  ///< the first day of the current one

  friend bool operator==(const Streaks&, const Streaks&) = default;
};

/// Days reached one after another, by the goal that was in force on each. A day without steps is one that was missed, a
/// day without a goal ends a streak, and today can only add to it. Both spans are in order of day; what is after
/// `today` does not count.
Streaks streaks(std::span<const Goal> goals, std::span<const DaySteps> days, time::Day today);

}  // namespace dontgoback::walk::goals
