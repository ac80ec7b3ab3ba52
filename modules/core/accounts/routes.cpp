#include "accounts.hpp"
#include "user_handlers.hpp"

namespace dontgoback::core::accounts {
namespace {

constexpr std::size_t kSettingsBody = 4096;

}  // namespace

void add_routes(Host& host, const http::Authenticator& sessions, const Directory& directory,
                const AreApart& are_apart) {
  using http::Access, http::Lane, http::Method;
  const auto read = Access::account(sessions).as(http::RouteClass::read);
  const Users users{host.database, host.clock, host.zone, directory, are_apart};
  host.router.add({Method::get, "/api/v1/users/me", read, Lane::query, http::kNoBody,
                   [users](const http::Request& request) { return me(users, request); }});
  host.router.add({Method::get, "/api/v1/users/me/settings", read, Lane::query, http::kNoBody,
                   [users](const http::Request& request) { return get_settings(users, request); }});
  host.router.add({Method::patch, "/api/v1/users/me/settings", Access::account(sessions).as(http::RouteClass::write),
                   Lane::command, kSettingsBody,
                   [users](const http::Request& request) { return change_settings(users, request); }});
  host.router.add({Method::get, "/api/v1/users/{userId}", read, Lane::query, http::kNoBody,
                   [users](const http::Request& request) { return one(users, request); }});
}

}  // namespace dontgoback::core::accounts
