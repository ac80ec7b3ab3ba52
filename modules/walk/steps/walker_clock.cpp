#include "walker_clock.hpp"

#include <algorithm>
#include <string_view>
#include <tuple>

namespace dontgoback::walk::steps {
namespace {

constexpr std::int32_t kQuarter = 15;
constexpr std::int64_t kMiddle = 7;  // of a quarter

/// Phones are carried; a watch may keep the time of another zone. The others are no clocks that somebody wears.
int rank_of(Source source) {
  switch (source) {
    case Source::phone:
      return 2;
    case Source::watch:
      return 1;
    default:
      return 0;
  }
}

std::int64_t floor_div(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

/// The device that leads: of the best rank, the one that walked most. One that lies at home in another zone counts few.
std::string_view leader_of(std::span<const ToldDay> days) {
  struct Walked {
    int rank = 0;
    std::int64_t steps = 0;
  };
  std::map<std::string_view, Walked> devices;
  for (const auto& day : days) {
    for (const auto& said : day.told.said) {
      if (!said.offset_minutes || said.total == 0) continue;
      auto& walked = devices[said.device];
      walked.rank = std::max(walked.rank, rank_of(said.source));
      walked.steps += said.total;
    }
  }
  const auto best = std::ranges::max_element(
      devices, {}, [](const auto& each) { return std::tuple(each.second.rank, each.second.steps); });
  return best == devices.end() ? std::string_view() : best->first;
}

}  // namespace

WalkerClock::Around WalkerClock::look_around(std::int64_t utc_day) const {
  const auto from = std::ranges::lower_bound(told_, time::Day::from_number(utc_day - 1), {}, &ToldDay::day);
  const auto to = std::ranges::upper_bound(told_, time::Day::from_number(utc_day + 1), {}, &ToldDay::day);
  const std::span<const ToldDay> days(from, to);
  const auto leader = leader_of(days);
  Around around;
  for (const auto& day : days) {
    for (const auto& said : day.told.said) {
      if (said.device != leader || !said.offset_minutes || said.total == 0) continue;
      const auto midnight = midnight_of(day.day, *said.offset_minutes);
      const auto told = std::min(std::max(said.measured, said.last) + kQuarter, kMinutesOfDay);
      around.labels.push_back({midnight, midnight + told - 1, *said.offset_minutes, said.total});
      if (said.first) {
        around.seen.push_back({midnight + *said.first, midnight + said.last, *said.offset_minutes, said.total});
      }
    }
  }
  return around;
}

const WalkerClock::Around& WalkerClock::around(std::int64_t utc_day) const {
  const auto found = known_.find(utc_day);
  return found != known_.end() ? found->second : known_.emplace(utc_day, look_around(utc_day)).first->second;
}

std::optional<std::int64_t> WalkerClock::seen_at(Quarter quarter) const {
  const auto moment = quarter * 15 + kMiddle;
  const auto& here = around(floor_div(quarter, kQuartersOfDay));
  const auto& moments = here.seen.empty() ? here.labels : here.seen;
  const auto is_told_of = [&here, moment](std::int64_t offset) {
    return std::ranges::any_of(here.labels, [&](const Moments& label) {
      return label.offset == offset && label.first <= moment && moment <= label.last;
    });
  };
  // One under which something was told of the moment; seen then, the narrower the surer; or the last that was seen
  // before; or what was seen next.
  const auto how_well = [&](const Moments& each) {
    const bool within = each.first <= moment && moment <= each.last;
    const bool before = each.last < moment;
    const auto away = within ? each.last - each.first : before ? moment - each.last : each.first - moment;
    return std::tuple(!is_told_of(each.offset),
                      within   ? 0
                      : before ? 1
                               : 2,
                      away, -std::int64_t{each.total}, each.offset);
  };
  const auto best = std::ranges::min_element(moments, {}, how_well);
  return best == moments.end() ? std::nullopt : std::optional(best->offset);
}

time::Day WalkerClock::day_of(Quarter quarter) const {
  return time::Day::from_number(floor_div(quarter * 15 + offset_at(quarter), kMinutesOfDay));
}

}  // namespace dontgoback::walk::steps
