#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "asset_name.hpp"
#include "dontgoback/http/identity.hpp"
#include "dontgoback/id.hpp"
#include "dontgoback/module.hpp"
#include "dontgoback/money.hpp"
#include "dontgoback/storage/connection.hpp"
#include "dontgoback/time/day.hpp"

namespace dontgoback::core::accounts {

/// Contract, section 3, "Account states". The number is the column's.
enum class AccountStatus { active = 0, inactive = 1, close_requested = 2, suspended = 3 };

/// Whether the account is as if it were not there: until its owner signs in again. A suspended one is not; its posts
/// are.
constexpr bool is_hidden(AccountStatus status) {
  return status == AccountStatus::inactive || status == AccountStatus::close_requested;
}

/// `ACTIVE`, `INACTIVE`, `CLOSE_REQUESTED` or `SUSPENDED`.
std::string_view to_string(AccountStatus status);
/// `GUEST`, `USER` or `ADMIN`.
std::string_view to_string(http::Role role);

struct Account {
  UserId id;
  http::Role role = http::Role::user;
  AccountStatus status = AccountStatus::active;
  std::optional<std::string> email;
  Won amount;
  Multiplier multiplier;

  std::string name() const { return name_of(amount); }
  AssetType type() const { return type_of(multiplier); }
};

/// The account, whatever its status, with its fortune as of today (fortune_on, core/assets.hpp); nothing when there is
/// none.
std::optional<Account> find_account(storage::Connection& connection, UserId id, time::Day today);
/// Up to `limit` accounts with ids above `after`, in order of id.
std::vector<Account> list_accounts(storage::Connection& connection, UserId after, int limit, time::Day today);

/// What an account may do: for those who do not ask for its fortune.
struct Standing {
  UserId id;
  http::Role role = http::Role::user;
  AccountStatus status = AccountStatus::active;
};
std::optional<Standing> find_standing(storage::Connection& connection, UserId id);

/// A time in which an account that is ACTIVE now was not.
struct Absence {
  UserId user;
  time::Timestamp from;
  time::Timestamp until;
};
/// Those of accounts with ids within (after, last], in order of id.
std::vector<Absence> absences(storage::Connection& connection, UserId after, UserId last);

inline constexpr Won kFirstAmount{10'000'000};

struct NewAccount {
  http::Role role;
  std::optional<std::string> email;
  time::Timestamp now;
  time::Day today;
};

// What follows changes things, in the caller's transaction.

/// Makes an ACTIVE account with 10 000 000 won, its first asset snapshot and its first row of history.
UserId create_account(storage::Connection& connection, const NewAccount& account);

/// Sets the status and adds its row of history (≤ 200 characters of reason). False when there is no such account.
bool change_status(storage::Connection& connection, UserId id, AccountStatus status, std::string_view reason,
                   time::Timestamp now);

/// The account was used: a sign-in or a renewal.
void touch_account(storage::Connection& connection, UserId id, time::Timestamp now);

/// Holds the account against other writers until the transaction ends, so that what is counted stays counted. To be the
/// transaction's first statement.
void lock_account(storage::Connection& connection, UserId id);

/// Removes a locked account and all that is its own: posts with what others wrote below them, comments, likes,
/// sessions, snapshots. What others have stays right: their counts of likes, comments and replies go down by what went
/// away.
void remove_account(storage::Connection& connection, UserId id);

/// Makes `from`'s posts, comments and likes `to`'s (of two likes for one thing one stays, and is counted once), and
/// removes `from`, which is locked.
void hand_over(storage::Connection& connection, UserId from, UserId to);

/// What signed-in people see of accounts; `sessions` tells who is.
void add_routes(Host& host, const http::Authenticator& sessions);

}  // namespace dontgoback::core::accounts
