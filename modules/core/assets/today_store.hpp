#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "dontgoback/storage/connection.hpp"
#include "dontgoback/time/day.hpp"
#include "today.hpp"

// SQL of what is told of everybody's day.
namespace dontgoback::core::assets {

struct TodayHead {
  time::Day day;
  std::int64_t changes;   ///< accounts::changes_counted then
  std::int64_t accounts;  ///< whose day was counted
};
/// The day whose fortunes are shown, with the row of each once it is refreshed: the last one that a refresh began,
/// `today` before the first.
time::Day day_told(storage::Connection& connection, time::Day today);
std::optional<TodayHead> find_today(storage::Connection& connection);

/// How an account's day went.
struct OwnMove {
  UserId user;
  Won amount;
  Multiplier multiplier;
  Won before;
  bool listed;
};
/// Calls `row` for those ACTIVE accounts with ids above `after`, a slice of them, that have a row of the day and one of
/// a day before it. The last one looked at; nothing when there are no more.
std::optional<UserId> each_move(storage::Connection& connection, time::Day day, UserId after,
                                const std::function<void(const OwnMove&)>& row);

struct ShownMove {
  UserId user;
  std::int64_t hundredths;
  std::string shown;
};
struct Today {
  TodayHead head;
  std::vector<ShownMove> rises;
  std::vector<ShownMove> falls;
  std::vector<Step> steps;
  std::vector<Cell> cells;
};
/// In place of what was there; in the caller's transaction.
void replace_today(storage::Connection& connection, const Today& today);
void forget_move_of(storage::Connection& connection, UserId user);

inline constexpr int kMoversShown = 10;
/// Those whose day may still be told.
std::vector<ShownMove> shown_movers(storage::Connection& connection, Side side);
/// Among the first how many per cent who has so much is; nothing when nobody knows, and when all are alike.
std::optional<int> percentile_of(storage::Connection& connection, Won amount);
std::vector<Cell> cells_shown(storage::Connection& connection);

}  // namespace dontgoback::core::assets
