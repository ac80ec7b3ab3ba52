#include "handlers.hpp"
#include "push_subscriptions.hpp"

namespace dontgoback::core::push_subscriptions {
namespace {

constexpr std::size_t kSmallBody = 4096;

}  // namespace

void add_routes(Host& host, const http::Authenticator& sessions, const TestService& test_service) {
  using http::Access, http::Lane, http::Method, http::RouteClass;
  const Handlers handlers{host.database, host.clock, test_service};
  const auto access = Access::account(sessions).as(RouteClass::write);
  host.router.add({Method::put, "/api/v1/push/subscriptions", access, Lane::command, kSmallBody,
                   [handlers](const http::Request& request) { return put(handlers, request); }});
  host.router.add({Method::del, "/api/v1/push/subscriptions", access, Lane::command, kSmallBody,
                   [handlers](const http::Request& request) { return remove(handlers, request); }});
}

}  // namespace dontgoback::core::push_subscriptions
