#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "accounts/accounts.hpp"
#include "dontgoback/time/day.hpp"

// An account's fortune as points of a graph (contract, section 3, "Asset series"). Pure functions.
namespace dontgoback::core::assets {

enum class Interval { daily, weekly, monthly };

/// `daily`, `weekly`, `monthly`; nothing else.
std::optional<Interval> parse_interval(std::string_view text);
std::string_view to_string(Interval interval);

struct Snapshot {
  time::Day day;
  Won amount;
  Multiplier multiplier;
  friend bool operator==(const Snapshot&, const Snapshot&) = default;
};

/// The last snapshot of each Monday-based week or each month; all of them for daily. Ascending days in and out.
std::vector<Snapshot> last_of_each(Interval interval, std::span<const Snapshot> snapshots);

struct Point {
  time::Day day;
  Won amount;
  std::optional<std::int64_t> change;             ///< won against the previous point; nothing for the first
  std::optional<std::int64_t> change_hundredths;  ///< of a percent; nothing for the first and after an amount of 0
  accounts::AssetType type = accounts::AssetType::blue;
};

/// `change` as hundredths of a percent of `previous` (> 0), rounded half up, ties of losses away from zero like those
/// of gains; within ±Won::kMax.
std::int64_t percent_hundredths(std::int64_t change, std::int64_t previous);

/// Each snapshot with its change against the one before it.
std::vector<Point> with_changes(std::span<const Snapshot> series);

/// At most `limit` (≥ 2) of the points, evenly spaced, first and last among them. What stays keeps the change it had:
/// a day's change is still that day's.
std::vector<Point> thinned(std::vector<Point> points, std::size_t limit);

}  // namespace dontgoback::core::assets
