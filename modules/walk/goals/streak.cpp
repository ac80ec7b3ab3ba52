#include "streak.hpp"

#include <algorithm>

namespace dontgoback::walk::goals {
namespace {

using std::chrono::days;

/// The Monday that a day's week begins with.
time::Day week_of(time::Day day) { return day - (std::chrono::weekday(day.date) - std::chrono::Monday); }

/// The streak that is under way while one day after another is looked at.
class Run {
 public:
  void reached(time::Day day) {
    if (streaks_.current == 0) streaks_.since = day;
    ++streaks_.current;
    streaks_.longest = std::max(streaks_.longest, streaks_.current);
  }
  void missed(time::Day day, bool grace) {
    const bool is_forgiven = grace && streaks_.current > 0 && forgiven_in_ != week_of(day);
    if (!is_forgiven) return end();
    forgiven_in_ = week_of(day);
  }
  void end() {
    streaks_.current = 0;
    streaks_.since.reset();
  }
  const Streaks& streaks() const { return streaks_; }

 private:
  Streaks streaks_;
  std::optional<time::Day> forgiven_in_;  // the last week in which one was
};

}  // namespace

std::optional<Goal> in_force(std::span<const Goal> goals, time::Day day) {
  const auto next = std::ranges::upper_bound(goals, day, {}, &Goal::from);
  if (next == goals.begin()) return std::nullopt;
  return *std::prev(next);
}

Streaks streaks(std::span<const Goal> goals, std::span<const DaySteps> walked, time::Day today) {
  Run run;
  if (goals.empty()) return run.streaks();
  auto goal = goals.begin();
  auto steps = walked.begin();
  for (auto day = goal->from; day <= today; day = day + days(1)) {
    while (std::next(goal) != goals.end() && std::next(goal)->from <= day) ++goal;
    while (steps != walked.end() && steps->day < day) ++steps;
    const auto total = steps != walked.end() && steps->day == day ? steps->total : 0;
    if (goal->steps > 0 && total >= goal->steps) {
      run.reached(day);
    } else if (day == today) {
      break;  // it is not over
    } else if (goal->steps == 0) {
      run.end();
    } else {
      run.missed(day, goal->grace);
    }
  }
  return run.streaks();
}

}  // namespace dontgoback::walk::goals
