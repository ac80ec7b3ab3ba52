#pragma once

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
  std::vector<std::string> scopes;

  bool is_account() const { return kind == Kind::account; }
};

}  // namespace dontgoback::http
