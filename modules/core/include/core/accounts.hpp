#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/asset_name.hpp"
#include "dontgoback/http/identity.hpp"
#include "dontgoback/id.hpp"
#include "dontgoback/money.hpp"
#include "dontgoback/storage/connection.hpp"
#include "dontgoback/time/day.hpp"

namespace dontgoback::core {

/// Contract, section 3, "Account states". The number is the column's.
enum class AccountStatus { active = 0, inactive = 1, close_requested = 2, suspended = 3 };

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

/// The account, whatever its status; nothing when there is none.
std::optional<Account> find_account(storage::Connection& connection, UserId id);

inline constexpr Won kFirstAmount{10'000'000};

struct NewAccount {
  http::Role role;
  std::optional<std::string> email;
  time::Timestamp now;
  time::Day today;
};

/// Makes an ACTIVE account with 10 000 000 won, its first asset snapshot and its first row of history, in the caller's
/// transaction.
UserId create_account(storage::Connection& connection, const NewAccount& account);

}  // namespace dontgoback::core
