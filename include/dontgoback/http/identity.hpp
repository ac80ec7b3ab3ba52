#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "dontgoback/id.hpp"

namespace dontgoback::http {

enum class Role { guest, user, admin };

/// Who makes a request, as found by the route's authenticator. Nobody until then.
struct Identity {
  enum class Kind { nobody, account, service };
  Kind kind = Kind::nobody;

  // account
  UserId user;
  Role role = Role::guest;
  std::int64_t session = 0;  ///< `sid`

  // service
  std::string client_id;
  std::vector<std::string> scopes;  ///< `*`: all of them (a first-release auth server names none); no token can say so

  bool is_account() const { return kind == Kind::account; }
  bool has_scope(std::string_view scope) const {
    return std::any_of(scopes.begin(), scopes.end(),
                       [scope](std::string_view held) { return held == scope || held == "*"; });
  }
};

}  // namespace dontgoback::http
