#include "device_counts.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace dontgoback::walk::steps {
namespace {

struct Point {
  std::int64_t minute;
  std::int64_t steps;  // counted by then, since the first point
};
using Curve = std::vector<Point>;

std::int64_t value_at(const Curve& curve, std::int64_t minute) {
  if (curve.empty() || minute <= curve.front().minute) return 0;
  if (minute >= curve.back().minute) return curve.back().steps;
  const auto after = std::ranges::upper_bound(curve, minute, {}, &Point::minute);
  const auto before = after - 1;
  return before->steps + (after->steps - before->steps) * (minute - before->minute) / (after->minute - before->minute);
}

/// The running total of a label day: never more than later ones, and in the end what stands.
Curve running_total_of(const Said& said) {
  Curve curve;
  if (!said.hours.empty()) {
    std::int64_t sum = 0;
    for (std::size_t hour = 0; hour < said.hours.size(); ++hour) {
      sum += said.hours[hour];
      curve.push_back({static_cast<std::int64_t>(hour + 1) * 60, sum});
    }
    curve.back().steps = said.total;
    return curve;
  }
  for (const auto& point : said.points) curve.push_back({point.minute, point.total});
  const std::int64_t end = std::clamp<std::int64_t>(said.measured, 1, kMinutesOfDay);
  if (curve.empty() || curve.back().minute < end) curve.push_back({end, said.total});
  curve.back().steps = said.total;
  for (auto i = curve.size() - 1; i > 0; --i) curve[i - 1].steps = std::min(curve[i - 1].steps, curve[i].steps);
  return curve;
}

void append(Curve& curve, const Frame& frame) {
  const auto base = value_at(curve, frame.midnight);
  auto end = curve.empty() ? frame.midnight : curve.back().minute;
  if (curve.empty() || frame.midnight > end) curve.push_back({frame.midnight, base});
  end = curve.back().minute;
  for (const auto& point : running_total_of(*frame.said)) {
    const auto minute = frame.midnight + point.minute;
    if (minute <= end) continue;
    curve.push_back({minute, std::max(curve.back().steps, base + point.steps)});
  }
}

}  // namespace

Counts counts_by_hours(std::span<const Frame> frames, Quarter first, Quarter end) {
  Counts counts{first, std::vector<std::int32_t>(static_cast<std::size_t>(end - first))};
  std::vector<std::int64_t> begun(counts.steps.size(), -1);  // how far into an hour the hour lies that stands
  std::vector<const Frame*> by_age;
  for (const auto& frame : frames) by_age.push_back(&frame);
  std::ranges::sort(by_age, {}, [](const Frame* frame) {
    return std::tuple(frame->midnight + frame->said->measured, frame->said->version, frame->midnight);
  });
  for (const auto* frame : by_age) {
    const auto& hours = frame->said->hours;
    const auto told = std::max<std::int64_t>(static_cast<std::int64_t>(hours.size()),
                                             std::min(frame->said->measured, kMinutesOfDay) / 60);
    const auto begins = ((frame->midnight % 60) + 60) % 60;
    for (std::int64_t quarter = 0; quarter < told * 4; ++quarter) {
      const auto from_first = frame->midnight / 15 + quarter - first;
      if (from_first < 0 || from_first >= end - first) continue;
      const auto at = static_cast<std::size_t>(from_first);
      const auto hour = static_cast<std::size_t>(quarter / 4);
      const auto told_steps = hour < hours.size() ? hours[hour] : 0;
      const auto steps = told_steps / 4 + (quarter % 4 < told_steps % 4 ? 1 : 0);
      counts.steps[at] = begun[at] == begins ? std::max(counts.steps[at], steps) : steps;
      begun[at] = begins;
    }
  }
  return counts;
}

Counts counts_by_totals(std::vector<Frame> frames, Quarter first, Quarter end) {
  std::ranges::sort(frames, {}, [](const Frame& frame) { return frame.midnight; });
  Curve curve;
  for (const auto& frame : frames) append(curve, frame);
  Counts counts{first, std::vector<std::int32_t>(static_cast<std::size_t>(end - first))};
  auto before = value_at(curve, first * 15);
  for (Quarter quarter = first; quarter < end; ++quarter) {
    const auto after = value_at(curve, (quarter + 1) * 15);
    counts.steps[static_cast<std::size_t>(quarter - first)] = static_cast<std::int32_t>(after - before);
    before = after;
  }
  return counts;
}

}  // namespace dontgoback::walk::steps
