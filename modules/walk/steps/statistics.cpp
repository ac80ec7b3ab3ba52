#include "statistics.hpp"

#include <algorithm>
#include <utility>

#include "day_rule.hpp"
#include "dontgoback/http/error.hpp"
#include "dontgoback/http/parameters.hpp"
#include "handlers.hpp"

namespace dontgoback::walk::steps {
namespace {

constexpr std::array<std::pair<std::string_view, Period>, 4> kPeriods{
    {{"day", Period::day}, {"week", Period::week}, {"month", Period::month}, {"year", Period::year}}};

std::size_t weekday_of(time::Day day) { return std::chrono::weekday(day.date).iso_encoding() - 1; }

void add(Average& average, std::int64_t steps) {
  average.sum += steps;
  ++average.days;
}

void add_hours(std::array<Average, 24>& hours, const Told& told) {
  std::array<std::int32_t, 24> joined{};
  bool known = false;
  for (const auto& said : told.said) {
    for (std::size_t i = 0; i < std::min(said.hours.size(), joined.size()); ++i) {
      joined[i] = std::max(joined[i], said.hours[i]);
      known = true;
    }
  }
  for (std::size_t i = 0; known && i < joined.size(); ++i) add(hours[i], joined[i]);
}

void write(json::Writer& writer, std::string_view name, std::span<const Average> averages) {
  writer.key(name);
  writer.begin_array();
  for (const auto& each : averages) {
    writer.begin_object();
    writer.field("average", each.steps());
    writer.field("days", each.days);
    writer.end_object();
  }
  writer.end_array();
}

}  // namespace

std::optional<Period> parse_period(std::string_view text) {
  const auto found = std::ranges::find(kPeriods, text, [](const auto& each) { return each.first; });
  return found == kPeriods.end() ? std::nullopt : std::optional(found->second);
}

std::string_view to_string(Period period) { return kPeriods[static_cast<std::size_t>(period)].first; }

Range range_of(Period period, time::Day day) {
  using std::chrono::days, std::chrono::months, std::chrono::years;
  if (period == Period::day) return {day, day};
  if (period == Period::week) {
    const auto monday = day - days(static_cast<int>(weekday_of(day)));
    return {monday, monday + days(6)};
  }
  const std::chrono::year_month_day date(day.date);
  if (period == Period::month) {
    const auto first = date.year() / date.month() / 1;
    return {{std::chrono::sys_days(first)}, time::Day{std::chrono::sys_days(first + months(1))} - days(1)};
  }
  const auto first = date.year() / 1 / 1;
  return {{std::chrono::sys_days(first)}, time::Day{std::chrono::sys_days(first + years(1))} - days(1)};
}

Statistics statistics_of(std::span<const Row> rows) {
  Statistics statistics;
  for (const auto& row : rows) {
    add(statistics.all, row.total);
    add(statistics.weekdays[weekday_of(row.day)], row.total);
    if (!statistics.best || row.total > statistics.best->total) {
      statistics.best = DayTotal{row.day, row.total, row.reached_at, row.by_hours, row.confidence};
    }
    // Elsewhere an hour of the clock is two, or none.
    if (row.plain) add_hours(statistics.hours, row.told);
  }
  return statistics;
}

http::Response statistics(const Desk& desk, const http::Request& request) {
  const auto period = parse_period(http::query_text(request, "period").value_or(""));
  if (!period) {
    throw http::Error(FailureKind::invalid, {"`period`는 day, week, month, year 중 하나여야 합니다.",
                                             "`period` is day, week, month or year."});
  }
  const auto asked = http::query_day(request, "day");
  return desk.database.read([&](storage::Connection& connection) {
    const auto walker = walkers::find(connection, request.identity.walker);
    if (!walker) throw http::Error(walkers::kNoWalker);
    const auto range = range_of(*period, asked.value_or(today_of(*walker, desk.clock.now())));
    const auto found = statistics_of(rows_between(connection, walker->id, range.from, range.to));
    return http::envelope(request, 200, {"걸음 통계입니다.", "Statistics of the steps."}, [&](json::Writer& writer) {
      writer.begin_object();
      writer.field("period", to_string(*period));
      writer.field("from", range.from);
      writer.field("to", range.to);
      writer.field("steps", found.all.sum);
      writer.field("days", found.all.days);
      writer.field("average", found.all.steps());
      writer.key("best");
      if (found.best) {
        writer.begin_object();
        writer.field("day", found.best->day);
        writer.field("steps", static_cast<std::int64_t>(found.best->total));
        writer.end_object();
      } else {
        writer.null();
      }
      write(writer, "weekdays", found.weekdays);
      write(writer, "hours", found.hours);
      writer.end_object();
    });
  });
}

}  // namespace dontgoback::walk::steps
