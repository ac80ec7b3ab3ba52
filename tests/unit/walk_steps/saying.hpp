#pragma once

#include <numeric>
#include <string>
#include <string_view>
#include <vector>

#include "steps/telling.hpp"

// What devices say, in tests of the rule.
namespace dontgoback::test {

using namespace walk::steps;  // NOLINT: the rule under test

inline time::Day day(std::string_view text) { return time::parse_day(text).value(); }

inline time::Timestamp at(std::string_view date, int hour, int minute = 0, std::int64_t offset_minutes = 0) {
  return time::Timestamp(day(date).date) + std::chrono::hours(hour) + std::chrono::minutes(minute - offset_minutes);
}

inline std::int32_t sum(const Hours& hours) { return std::accumulate(hours.begin(), hours.end(), 0); }

struct Saying {
  std::string_view date;
  std::string device = "phone";
  Source source = Source::phone;
  std::int32_t total = 0;
  Hours hours{};
  std::int64_t version = 1;
  std::optional<std::int64_t> offset = 540;
  std::optional<time::Timestamp> measured{};

  Update update() const {
    return {day(date), device,  source, hours.empty() ? total : std::max(total, sum(hours)),
            hours,     version, offset, measured};
  }
};

/// So many steps in one hour of a day.
inline Hours hour(int at, std::int32_t steps) {
  Hours hours(static_cast<std::size_t>(at + 1));
  hours.back() = steps;
  return hours;
}

/// What was told, by label day: as the store keeps it.
class Diary {
 public:
  Telling tell(const Update& update, time::Timestamp arrival) {
    auto place = std::ranges::lower_bound(days, update.day, {}, &ToldDay::day);
    if (place == days.end() || place->day != update.day) place = days.insert(place, {update.day, {}});
    return walk::steps::tell(place->told, update, arrival);
  }
  Telling tell(const Saying& saying) {
    return tell(saying.update(), saying.measured.value_or(at(saying.date, 23, 59, saying.offset.value_or(0))));
  }

  std::vector<ToldDay> days;
};

}  // namespace dontgoback::test
