#include "board.hpp"

#include <algorithm>
#include <tuple>

namespace dontgoback::walk::boards {
namespace {

constexpr std::int64_t kMinutesOfDay = 24 * 60;

auto place_of(const Entry& entry) { return std::make_tuple(entry.is_doubtful(), -entry.steps, entry.reached_at); }

}  // namespace

Days days_of(Period period, time::Day day) {
  switch (period) {
    case Period::week:
      return {day - (std::chrono::weekday(day.date) - std::chrono::Monday), day};
    case Period::month: {
      const std::chrono::year_month_day date(day.date);
      return {{std::chrono::sys_days(date.year() / date.month() / 1)}, day};
    }
    case Period::today:
      break;
  }
  return {day, day};
}

DaysByClock days_by_clock(Period period, time::Timestamp now) {
  const auto midnight = std::chrono::floor<std::chrono::days>(now);
  const time::Day day{midnight};
  const auto minute = std::chrono::floor<std::chrono::minutes>(now - midnight).count();
  return {
      -minute,
      kMinutesOfDay - minute,
      {days_of(period, day - std::chrono::days(1)), days_of(period, day), days_of(period, day + std::chrono::days(1))}};
}

void rank(std::vector<Entry>& entries) {
  // By the random UUID in the end, so that two who are equal do not change places.
  std::ranges::sort(entries, {},
                    [](const Entry& entry) { return std::tuple_cat(place_of(entry), std::tie(entry.uuid)); });
  for (std::size_t i = 0; i < entries.size(); ++i) {
    auto& entry = entries[i];
    entry.rank = static_cast<int>(i) + 1;
    if (entry.is_doubtful()) {
      entry.rank = 0;
    } else if (i > 0 && place_of(entries[i - 1]) == place_of(entry)) {
      entry.rank = entries[i - 1].rank;
    }
  }
}

}  // namespace dontgoback::walk::boards
