#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "dontgoback/id.hpp"

namespace dontgoback::http {

/// The number is the column's; which is more than another, `is_at_least` says.
enum class Role { guest = 0, user = 1, admin = 2, moderator = 3 };

/// Whether who has `role` may do what is for `least`: an admin more than a moderator, who may more than a user.
constexpr bool is_at_least(Role role, Role least) {
  constexpr auto rank = [](Role of) {
    return of == Role::admin ? 3 : of == Role::moderator ? 2 : static_cast<int>(of);
  };
  return rank(role) >= rank(least);
}

/// Who makes a request, as found by the route's authenticator. Nobody until then.
struct Identity {
  enum class Kind { nobody, account, service, walker };
  Kind kind = Kind::nobody;

  // account
  UserId user;
  Role role = Role::guest;
  std::int64_t session = 0;  ///< `sid`; of a walker the row of its own sessions

  // walker: whose account, if there is one, nobody is told here
  WalkerId walker;

  // service
  std::string client_id;
  std::vector<std::string> scopes;  ///< `*`: all of them (a first-release auth server names none); no token can say so

  bool is_account() const { return kind == Kind::account; }
  bool is_walker() const { return kind == Kind::walker; }
  bool has_scope(std::string_view scope) const {
    return std::any_of(scopes.begin(), scopes.end(),
                       [scope](std::string_view held) { return held == scope || held == "*"; });
  }
};

}  // namespace dontgoback::http
