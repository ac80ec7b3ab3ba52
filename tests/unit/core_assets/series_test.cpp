#include "core/assets/series.hpp"

#include <catch2/catch.hpp>
#include <numeric>
#include <string>

using namespace dontgoback;
using namespace dontgoback::core::accounts;
using namespace dontgoback::core::assets;

namespace {

time::Day day(std::string_view text) { return time::parse_day(text).value(); }

Snapshot snapshot(std::string_view when, std::int64_t won) { return {day(when), Won{won}, Multiplier{}}; }

std::vector<std::string> days_of(const std::vector<Snapshot>& snapshots) {
  std::vector<std::string> days;
  for (const auto& s : snapshots) days.push_back(time::to_string(s.day));
  return days;
}

std::vector<Point> points(std::size_t n) {
  std::vector<Point> result(n);
  for (std::size_t i = 0; i < n; ++i) result[i].amount = Won{static_cast<std::int64_t>(i)};
  return result;
}

}  // namespace

TEST_CASE("an interval has exactly three words") {
  CHECK(parse_interval("daily") == Interval::daily);
  CHECK(parse_interval("weekly") == Interval::weekly);
  CHECK(parse_interval("monthly") == Interval::monthly);
  for (const auto* word : {"", "Daily", "yearly", "daily "}) CHECK_FALSE(parse_interval(word));
}

TEST_CASE("a week or month is its last snapshot, dated by it") {
  // 2026-11-16 is a Monday.
  const std::vector<Snapshot> series{snapshot("2025-12-31", 1), snapshot("2026-01-01", 2), snapshot("2026-10-31", 3),
                                     snapshot("2026-11-14", 4), snapshot("2026-11-15", 5), snapshot("2026-11-16", 6),
                                     snapshot("2026-11-20", 7)};
  CHECK(last_of_each(Interval::daily, series) == series);
  CHECK(days_of(last_of_each(Interval::weekly, series)) ==
        std::vector<std::string>{"2026-01-01", "2026-10-31", "2026-11-15", "2026-11-20"});
  CHECK(days_of(last_of_each(Interval::monthly, series)) ==
        std::vector<std::string>{"2025-12-31", "2026-01-01", "2026-10-31", "2026-11-20"});
  CHECK(last_of_each(Interval::weekly, {}).empty());
}

TEST_CASE("weeks before 1970 begin on Mondays too") {
  // 1969-12-28 is a Sunday, 1969-12-29 a Monday, 1970-01-01 a Thursday.
  const std::vector<Snapshot> series{snapshot("1969-12-28", 1), snapshot("1969-12-29", 2), snapshot("1970-01-01", 3)};
  CHECK(days_of(last_of_each(Interval::weekly, series)) == std::vector<std::string>{"1969-12-28", "1970-01-01"});
}

TEST_CASE("a change is against the point before it, in hundredths of a percent half up") {
  const auto [previous, change, expected] = GENERATE(table<std::int64_t, std::int64_t, std::int64_t>({
      {10'000'000, 0, 0},
      {10'000'000, 123'456, 123},
      {10'000'000, 123'500, 124},
      {10'000'000, -123'456, -123},
      {10'000'000, -123'500, -124},
      {20'000, 1, 1},  // 0.005 % exactly
      {20'001, 1, 0},
      {3, 1, 3333},
      {3, 2, 6667},
      {1, -1, -10'000},
      {1, Won::kMax - 1, Won::kMax},  // kept within what JSON carries
  }));
  CAPTURE(previous, change);
  CHECK(percent_hundredths(change, previous) == expected);
}

TEST_CASE("the first point has no change, and none has a percentage of nothing") {
  const std::vector<Snapshot> series{snapshot("2026-01-01", 100), snapshot("2026-01-02", 0),
                                     snapshot("2026-01-03", 50)};
  const auto result = with_changes(series);
  REQUIRE(result.size() == 3);
  CHECK_FALSE(result[0].change);
  CHECK_FALSE(result[0].change_hundredths);
  CHECK(result[1].change == -100);
  CHECK(result[1].change_hundredths == -10'000);
  CHECK(result[2].change == 50);
  CHECK_FALSE(result[2].change_hundredths);
}

TEST_CASE("the type is that of the snapshot's own day") {
  const std::vector<Snapshot> series{{day("2026-01-01"), Won{5}, Multiplier{999'999'999}},
                                     {day("2026-01-02"), Won{1}, Multiplier{1'000'000'000}}};
  const auto result = with_changes(series);
  CHECK(result[0].type == AssetType::red);
  CHECK(result[1].type == AssetType::blue);
}

TEST_CASE("thinning keeps the first and the last and spaces the rest evenly") {
  const auto [n, limit] =
      GENERATE(table<std::size_t, std::size_t>({{3, 2}, {10, 3}, {1001, 1000}, {5000, 1000}, {7, 6}, {100'000, 2}}));
  CAPTURE(n, limit);
  const auto kept = thinned(points(n), limit);
  REQUIRE(kept.size() == limit);
  CHECK(kept.front().amount == Won{0});
  CHECK(kept.back().amount == Won{static_cast<std::int64_t>(n - 1)});
  const auto usual = static_cast<double>(n - 1) / static_cast<double>(limit - 1);
  for (std::size_t i = 1; i < limit; ++i) {
    const auto gap = kept[i].amount.value - kept[i - 1].amount.value;
    REQUIRE(gap >= 1);
    REQUIRE(std::abs(static_cast<double>(gap) - usual) <= 1.0);
  }
}

TEST_CASE("what fits is left alone") {
  CHECK(thinned(points(5), 5).size() == 5);
  CHECK(thinned({}, 1000).empty());
}
