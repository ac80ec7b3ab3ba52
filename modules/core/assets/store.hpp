#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "dontgoback/storage/connection.hpp"
#include "dontgoback/time/day.hpp"
#include "series.hpp"

// SQL of the asset tables.
namespace dontgoback::core {

/// Ascending days within [from, to].
std::vector<Snapshot> snapshots_of(storage::Connection& connection, UserId user, time::Day from, time::Day to);
/// When the account's series last changed, any day.
std::optional<time::Timestamp> latest_change(storage::Connection& connection, UserId user);

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

/// At most kSlice ids of ACTIVE accounts within (after, last], ascending.
std::vector<UserId> active_accounts(storage::Connection& connection, UserId after, UserId last);

/// Makes the day's snapshots the current amounts of ACTIVE accounts with ids in [first, last], except where a later day
/// is current already.
void make_current(storage::Connection& connection, time::Day day, UserId first, UserId last);

}  // namespace dontgoback::core
