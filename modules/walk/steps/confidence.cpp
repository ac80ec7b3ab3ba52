#include "confidence.hpp"

#include <algorithm>
#include <array>

namespace dontgoback::walk::steps {
namespace {

constexpr std::int32_t kFarApart = 5000;

/// The steps of the fullest hour; what was told in less than one may have been counted before.
std::int64_t best_hour_of(const DaySum& sum, const Told& told) {
  std::int64_t best = sum.best_hour;
  for (const auto& said : told.said) {
    for (std::size_t i = 1; i < said.points.size(); ++i) {
      const auto minutes = said.points[i].minute - said.points[i - 1].minute;
      best = std::max(best, std::int64_t{said.points[i].total - said.points[i - 1].total} * 60 / std::max(minutes, 60));
    }
  }
  return best;
}

/// So many hundredths as the limit is of the number.
std::int32_t share_of(std::int64_t limit, std::int64_t number) {
  return number <= limit ? 100 : static_cast<std::int32_t>(100 * limit / number);
}

struct Class {
  std::int64_t confidence;
  Doubt doubt;  // what lowers it
};

Class class_of(Source source, const Limits& limits) {
  switch (source) {
    case Source::phone:
    case Source::watch:
      return {100, Doubt::unnamed};
    case Source::manual:
      return {limits.typed, Doubt::typed};
    case Source::import_:
      return {limits.imported, Doubt::imported};
    default:
      return {limits.unnamed, Doubt::unnamed};
  }
}

/// Who is trusted more vouches first; the others for what they have beyond.
void doubt_sources(const DaySum& sum, const Limits& limits, std::vector<Doubted>& doubts) {
  struct Vouching {
    Class by;
    std::int64_t steps;
  };
  std::vector<Vouching> vouching;
  for (const auto& device : sum.devices) vouching.push_back({class_of(device.source, limits), device.total});
  std::ranges::stable_sort(vouching, std::greater(), [](const Vouching& each) { return each.by.confidence; });
  std::int64_t vouched = 0, weighed = 0;
  Doubt last = Doubt::unnamed;
  Class least{100, Doubt::unnamed};
  for (const auto& each : vouching) {
    if (each.steps <= vouched) continue;
    weighed += (each.steps - vouched) * each.by.confidence;
    vouched = each.steps;
    last = each.by.doubt;
    least = each.by;
  }
  if (sum.total > vouched) {  // by hours: what they came to together is as sure as the least of them
    weighed += (sum.total - vouched) * least.confidence;
    vouched = sum.total;
  }
  const auto percent = vouched == 0 ? 100 : weighed / vouched;
  if (percent < 100) doubts.push_back({last, static_cast<std::int32_t>(percent)});
}

bool are_apart(const DaySum& sum) {
  std::int32_t largest = 0;
  for (const auto& device : sum.devices) largest = std::max(largest, device.total);
  return sum.by_hours && sum.total - largest > kFarApart && sum.total > largest + largest / 2;
}

}  // namespace

Confidence confidence_of(const DaySum& sum, const Told& told, const Limits& limits) {
  Confidence confidence;
  auto& doubts = confidence.doubts;
  const auto hour = share_of(limits.most_an_hour, best_hour_of(sum, told));
  if (hour < 100) doubts.push_back({Doubt::hour_too_full, hour});
  const auto day = share_of(limits.most_a_day, sum.total);
  if (day < 100) doubts.push_back({Doubt::day_too_full, day});
  doubt_sources(sum, limits, doubts);
  if (are_apart(sum)) doubts.push_back({Doubt::devices_apart, static_cast<std::int32_t>(limits.apart)});
  for (const auto& each : doubts) confidence.percent = std::min(confidence.percent, each.confidence);
  return confidence;
}

std::string_view to_string(Doubt doubt) {
  constexpr std::array<std::string_view, 6> kNames{"HOUR_TOO_FULL", "DAY_TOO_FULL", "TYPED",
                                                   "IMPORTED",      "UNNAMED",      "DEVICES_APART"};
  return kNames[static_cast<std::size_t>(doubt)];
}

Message words_of(Doubt doubt) {
  switch (doubt) {
    case Doubt::hour_too_full:
      return {"한 시간에 사람이 걷기 어려운 만큼의 걸음이 있습니다.",
              "An hour has more steps than somebody walks in one."};
    case Doubt::day_too_full:
      return {"하루에 사람이 걷기 어려운 만큼의 걸음이 있습니다.",
              "The day has more steps than somebody walks in one."};
    case Doubt::typed:
      return {"직접 입력한 걸음이 있습니다.", "Some of the steps were typed."};
    case Doubt::imported:
      return {"가져온 기록의 걸음이 있습니다.", "Some of the steps were imported."};
    case Doubt::unnamed:
      return {"어떤 기기의 걸음인지 알 수 없습니다.", "It is not known what counted some of the steps."};
    case Doubt::devices_apart:
      return {"기기들이 서로 다른 시간에 걸은 것으로 기록했습니다.",
              "The devices counted at different times, as if two people wore them."};
  }
  return {};
}

}  // namespace dontgoback::walk::steps
