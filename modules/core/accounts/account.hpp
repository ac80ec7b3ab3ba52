#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "asset_name.hpp"
#include "dontgoback/http/identity.hpp"
#include "dontgoback/id.hpp"
#include "dontgoback/money.hpp"
#include "settings.hpp"

namespace dontgoback::core::accounts {

/// Contract, section 3, "Account states". The number is the column's.
/// Besides: closed, while what it had is being removed (nobody signs in to it any more), and the one departed account.
enum class AccountStatus { active = 0, inactive = 1, close_requested = 2, suspended = 3, closed = 4, departed = 5 };

/// Whether the account is as if it were not there: until its owner signs in again. A suspended one is not; its posts
/// are.
constexpr bool is_hidden(AccountStatus status) {
  return status == AccountStatus::inactive || status == AccountStatus::close_requested ||
         status == AccountStatus::closed;
}

/// Stands for all who have left, where something of theirs keeps its place: nobody's account, in no list.
inline constexpr UserId kDeparted{-1};
/// Stands for all who write unlinked, as whose it is stored: the same. Its status is departed, too.
inline constexpr UserId kUnlinked{-2};

/// `ACTIVE`, `INACTIVE`, `CLOSE_REQUESTED`, `SUSPENDED`, `CLOSED` or `DEPARTED`.
std::string_view to_string(AccountStatus status);
/// `GUEST`, `USER`, `MODERATOR` or `ADMIN`.
std::string_view to_string(http::Role role);
/// What `viewer` is shown of the role that somebody has: a moderator is a USER to all but themselves and admins.
http::Role shown_role(http::Role role, UserId of, const http::Identity& viewer);

struct Fortune {
  Won amount;
  Multiplier multiplier;
};

struct Account {
  UserId id;
  http::Role role = http::Role::user;
  AccountStatus status = AccountStatus::active;
  std::optional<std::string> email;
  Won amount;
  Multiplier multiplier;
  Visibility profile = Visibility::everybody;

  std::string name() const { return name_of(amount); }
  AssetType type() const { return type_of(multiplier); }
};

}  // namespace dontgoback::core::accounts
