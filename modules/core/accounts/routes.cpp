#include "accounts.hpp"
#include "handlers.hpp"

namespace dontgoback::core::accounts {

void add_routes(Host& host, const http::Authenticator& sessions) {
  const Users users{host.database, host.clock, host.zone};
  const auto get = [&](std::string_view path, auto handle) {
    host.router.add({http::Method::get, path, http::Access::account(sessions), http::Lane::query, http::kNoBody,
                     [users, handle](const http::Request& request) { return handle(users, request); }});
  };
  get("/api/v1/users/me", get_me);
  get("/api/v1/users/{userId}", get_user);
}

}  // namespace dontgoback::core::accounts
