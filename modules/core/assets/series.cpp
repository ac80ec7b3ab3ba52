#include "series.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>

namespace dontgoback::core::assets {
namespace {

/// A number that days of the same week, month or day share, and no others.
std::int64_t bucket(Interval interval, time::Day day) {
  if (interval == Interval::daily) return day.number();
  if (interval == Interval::weekly) {
    const auto since_monday = std::chrono::weekday(day.date) - std::chrono::Monday;
    return (day - since_monday).number();
  }
  const std::chrono::year_month_day date(day.date);
  return static_cast<int>(date.year()) * std::int64_t{12} + static_cast<unsigned>(date.month());
}

}  // namespace

std::optional<Interval> parse_interval(std::string_view text) {
  for (const auto interval : {Interval::daily, Interval::weekly, Interval::monthly}) {
    if (text == to_string(interval)) return interval;
  }
  return std::nullopt;
}

std::string_view to_string(Interval interval) {
  switch (interval) {
    case Interval::weekly:
      return "weekly";
    case Interval::monthly:
      return "monthly";
    case Interval::daily:
      break;
  }
  return "daily";
}

std::vector<Snapshot> last_of_each(Interval interval, std::span<const Snapshot> snapshots) {
  std::vector<Snapshot> last;
  for (const auto& snapshot : snapshots) {
    if (!last.empty() && bucket(interval, last.back().day) == bucket(interval, snapshot.day)) {
      last.back() = snapshot;
    } else {
      last.push_back(snapshot);
    }
  }
  return last;
}

std::int64_t percent_hundredths(std::int64_t change, std::int64_t previous) {
  const Wide doubled = static_cast<Wide>(change < 0 ? -change : change) * 20'000;
  const Wide magnitude = std::min<Wide>((doubled + previous) / (2 * static_cast<Wide>(previous)), Won::kMax);
  return static_cast<std::int64_t>(change < 0 ? -magnitude : magnitude);
}

std::vector<Point> with_changes(std::span<const Snapshot> series) {
  std::vector<Point> points;
  points.reserve(series.size());
  const Snapshot* previous = nullptr;
  for (const auto& snapshot : series) {
    Point point{
        .day = snapshot.day,
        .amount = snapshot.amount,
        .change = std::nullopt,
        .change_hundredths = std::nullopt,
        .type = accounts::type_of(snapshot.multiplier),
    };
    if (previous != nullptr) {
      const auto change = snapshot.amount.value - previous->amount.value;
      point.change = change;
      if (previous->amount.value > 0) point.change_hundredths = percent_hundredths(change, previous->amount.value);
    }
    points.push_back(point);
    previous = &snapshot;
  }
  return points;
}

std::vector<Point> thinned(std::vector<Point> points, std::size_t limit) {
  if (points.size() <= limit) return points;
  const std::size_t last = points.size() - 1;
  for (std::size_t i = 0; i < limit; ++i) {
    points[i] = points[(i * last + (limit - 1) / 2) / (limit - 1)];
  }
  points.resize(limit);
  return points;
}

}  // namespace dontgoback::core::assets
