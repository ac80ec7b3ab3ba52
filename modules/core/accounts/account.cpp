#include "account.hpp"

namespace dontgoback::core::accounts {

std::string_view to_string(AccountStatus status) {
  switch (status) {
    case AccountStatus::active:
      return "ACTIVE";
    case AccountStatus::inactive:
      return "INACTIVE";
    case AccountStatus::close_requested:
      return "CLOSE_REQUESTED";
    case AccountStatus::suspended:
      return "SUSPENDED";
    case AccountStatus::closed:
      return "CLOSED";
    case AccountStatus::departed:
      break;
  }
  return "DEPARTED";
}

std::string_view to_string(http::Role role) {
  switch (role) {
    case http::Role::guest:
      return "GUEST";
    case http::Role::user:
      return "USER";
    case http::Role::moderator:
      return "MODERATOR";
    case http::Role::admin:
      break;
  }
  return "ADMIN";
}

http::Role shown_role(http::Role role, UserId of, const http::Identity& viewer) {
  const bool is_told = viewer.is_account() && (viewer.user == of || viewer.role == http::Role::admin);
  return role == http::Role::moderator && !is_told ? http::Role::user : role;
}

}  // namespace dontgoback::core::accounts
