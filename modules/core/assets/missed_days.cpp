#include "missed_days.hpp"

#include <algorithm>
#include <chrono>

namespace dontgoback::core::assets {

MissedDays missed_days(std::span<const RefreshedDay> known, time::Day baseline, time::Day today) {
  constexpr std::chrono::days kOne{1};
  const auto find = [known](time::Day day) {
    const auto at = std::ranges::lower_bound(known, day, {}, &RefreshedDay::day);
    return at != known.end() && at->day == day ? &*at : nullptr;
  };
  const auto start = std::max(baseline + kOne, today - kMostMadeUp);

  MissedDays missed;
  for (auto day = start; day < today; day = day + kOne) {
    const auto* found = find(day);
    if (found == nullptr || !found->finished) missed.days.push_back(day);
  }
  // Tomorrow's rows, where somebody asked for them, go on from today's.
  const auto* found = find(today);
  missed.through = found != nullptr && found->finished ? today + kOne : today;
  if (!missed.days.empty()) missed.first = missed.days.front();
  for (const auto& day : known) {
    if (!day.over_gap || day.day < start || day.day > missed.through) continue;
    missed.first = std::min(missed.first.value_or(day.day), day.day);
    break;
  }
  return missed;
}

}  // namespace dontgoback::core::assets
