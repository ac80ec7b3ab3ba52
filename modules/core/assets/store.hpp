#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "accounts/accounts.hpp"
#include "dontgoback/id.hpp"
#include "dontgoback/storage/connection.hpp"
#include "dontgoback/time/day.hpp"
#include "series.hpp"

// SQL of the asset tables.
namespace dontgoback::core::assets {

/// Ascending days within [from, to].
std::vector<Snapshot> snapshots_of(storage::Connection& connection, UserId user, time::Day from, time::Day to);
/// When the account's series until a day last changed.
std::optional<time::Timestamp> latest_change(storage::Connection& connection, UserId user, time::Day until);
/// Until which day an account's series is shown today: the first row is, of whatever day.
time::Day shown_until(storage::Connection& connection, UserId user, time::Day today);

/// An ACTIVE account without a snapshot of the day asked for.
struct DueAccount {
  UserId user;
  std::optional<Won> base;  ///< its latest amount before that day; nothing when it did not exist then
};
inline constexpr std::size_t kSlice = 1000;
/// At most kSlice of them with ids above `after`, ascending.
std::vector<DueAccount> due_accounts(storage::Connection& connection, time::Day day, UserId after);
/// How many have an amount to go on from, with ids above `after`.
std::int64_t count_due(storage::Connection& connection, time::Day day, UserId after);

/// An ACTIVE account and its latest amount before a day; nothing when it did not exist then.
using AmountBefore = DueAccount;
/// At most `limit` of them with ids above `after`, ascending.
std::vector<AmountBefore> amounts_before(storage::Connection& connection, time::Day day, UserId after,
                                         std::size_t limit);
struct AmountOn {
  UserId user;
  Won amount;
  Multiplier multiplier;
};
/// The rows of a day of ACTIVE accounts with ids within (after, last], ascending.
std::vector<AmountOn> amounts_on(storage::Connection& connection, time::Day day, UserId after, UserId last);

/// Removes the account's rows later than `last` and makes the latest that is left current. An account without any keeps
/// its first row, as one of `today`.
void end_series(storage::Connection& connection, UserId user, time::Day last, time::Day today, time::Timestamp now);

/// The last day whose rows are shown: today, or tomorrow where somebody asked for it by name. What a clock that was
/// ahead wrote of later days is not.
time::Day last_shown_day(storage::Connection& connection, time::Day today);
/// The account's fortune as of a day: its latest snapshot until then; of an account that was made on a later day (by a
/// clock that was ahead) its first. Nothing when it has none.
std::optional<accounts::Fortune> fortune_on(storage::Connection& connection, UserId user, time::Day day);

/// The table that makes current amounts.
inline constexpr accounts::AmountTable kAmounts{"asset_snapshots"};

void insert_first_snapshot(storage::Connection& connection, UserId user, time::Day day, time::Timestamp now);
void delete_snapshots_of(storage::Connection& connection, UserId user);

}  // namespace dontgoback::core::assets
