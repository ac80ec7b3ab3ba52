#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "account.hpp"
#include "dontgoback/storage/connection.hpp"
#include "dontgoback/time/day.hpp"

// The current amount, which is kept with the account because its name is made of it. Another part says what it is.
namespace dontgoback::core::accounts {

inline constexpr Won kFirstAmount{10'000'000};

/// Up to 1 000 ids of ACTIVE accounts within (after, last], ascending.
std::vector<UserId> active_accounts(storage::Connection& connection, UserId after, UserId last);
/// Up to 100 of those whose current amount is of that day, ascending.
std::vector<UserId> active_accounts_of(storage::Connection& connection, time::Day amount_day);
/// At most `limit` accounts of any status, with ids above `after`, ascending, whose current amount is of a day later
/// than `day`.
std::vector<UserId> accounts_ahead(storage::Connection& connection, time::Day day, UserId after, std::size_t limit);

/// The latest day of a current amount of an ACTIVE account that is not the one it was made with. Walks the accounts.
std::optional<time::Day> latest_amount_day(storage::Connection& connection);
/// The earliest day of a current amount of an ACTIVE account. Walks the accounts.
std::optional<time::Day> earliest_amount_day(storage::Connection& connection);

/// A table of amounts (columns user_id, day, amount, multiplier; unique by the first two) of the part that makes them.
struct AmountTable {
  std::string_view name;
};
/// Makes the day's rows the current amounts of ACTIVE accounts with ids in [first, last], except where a later day is
/// current already.
void make_current(storage::Connection& connection, AmountTable table, time::Day day, UserId first, UserId last);
/// The same for one account, whatever it had.
void set_current(storage::Connection& connection, UserId user, const Fortune& fortune, time::Day day);

}  // namespace dontgoback::core::accounts
