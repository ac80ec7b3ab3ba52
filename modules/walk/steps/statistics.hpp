#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "day_store.hpp"

// A walker's own days, weeks, months and years. Pure.
namespace dontgoback::walk::steps {

enum class Period { day, week, month, year };

/// `day`, `week`, `month`, `year`; nothing else.
std::optional<Period> parse_period(std::string_view text);
std::string_view to_string(Period period);

struct Range {
  time::Day from, to;  ///< both included
  friend bool operator==(const Range&, const Range&) = default;
};
/// The day itself, or the week (from Monday on), month or year that has it.
Range range_of(Period period, time::Day day);

struct Average {
  std::int64_t sum = 0;
  std::int64_t days = 0;
  /// Rounded down; 0 of no days.
  std::int64_t steps() const { return days == 0 ? 0 : sum / days; }
};

struct Statistics {
  Average all;                      ///< of the days that something was told of
  std::optional<DayTotal> best;     ///< of equals the first
  std::array<Average, 7> weekdays;  ///< from Monday on
  std::array<Average, 24> hours;    ///< of the days whose hours are known
};
Statistics statistics_of(std::span<const Row> rows);

}  // namespace dontgoback::walk::steps
