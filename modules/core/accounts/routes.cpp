#include "user_handlers.hpp"

namespace dontgoback::core::accounts {

void add_routes(Host& host, const http::Authenticator& sessions) {
  using http::Access, http::Lane, http::Method;
  const UserHandlers users(host.database, host.clock, host.zone);
  host.router.add({Method::get, "/api/v1/users/me", Access::account(sessions), Lane::query, http::kNoBody,
                   [users](const http::Request& request) { return users.me(request); }});
  host.router.add({Method::get, "/api/v1/users/{userId}", Access::account(sessions), Lane::query, http::kNoBody,
                   [users](const http::Request& request) { return users.one(request); }});
}

}  // namespace dontgoback::core::accounts
