#include "accounts.hpp"
#include "user_handlers.hpp"

namespace dontgoback::core::accounts {

void add_routes(Host& host, const http::Authenticator& sessions, const Directory& directory) {
  using http::Access, http::Lane, http::Method;
  const Users users{host.database, host.clock, host.zone, directory};
  host.router.add({Method::get, "/api/v1/users/me", Access::account(sessions), Lane::query, http::kNoBody,
                   [users](const http::Request& request) { return me(users, request); }});
  host.router.add({Method::get, "/api/v1/users/{userId}", Access::account(sessions), Lane::query, http::kNoBody,
                   [users](const http::Request& request) { return one(users, request); }});
}

}  // namespace dontgoback::core::accounts
