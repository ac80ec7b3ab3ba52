#pragma once

#include <functional>
#include <optional>
#include <span>

#include "dontgoback/time/day.hpp"
#include "name_bands.hpp"

// SQL of name_bands and name_countings.
namespace dontgoback::core::accounts {

/// How often the amounts of many have changed, when the last counting does not hold because of it.
std::optional<std::int64_t> uncounted_changes(storage::Connection& connection);
/// They change: no counting holds until the next.
void note_change(storage::Connection& connection);

struct Counting {
  std::int64_t number;   ///< 1 more than that of the one that holds
  std::int64_t changes;  ///< when it began
  UserId last;           ///< the highest account
};
Counting begin_counting(storage::Connection& connection);
/// Calls `row` for ACTIVE accounts with ids within (after, last], a slice of them, but those whose amount is of a day
/// after `today`. The last one of the slice; `last` when there are no more.
UserId each_bearer(storage::Connection& connection, UserId after, UserId last, time::Day today,
                   const std::function<void(Won, Multiplier)>& row);
inline constexpr std::size_t kBandsAtOnce = 500;
void add_bands(storage::Connection& connection, std::int64_t number, std::span<const Band> bands);
/// From now on it holds, unless amounts have changed since it began.
void end_counting(storage::Connection& connection, const Counting& counting);
/// Drops kBandsAtOnce bands of a counting; whether there may be more.
bool drop_some_bands(storage::Connection& connection, std::int64_t number);

}  // namespace dontgoback::core::accounts
