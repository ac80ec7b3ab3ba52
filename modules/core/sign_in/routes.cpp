#include "sign_in/providers/routes.hpp"

#include <memory>

#include "email/email_handlers.hpp"
#include "hand_over/hand_over_handlers.hpp"
#include "handlers.hpp"
#include "limits.hpp"
#include "pages/pages.hpp"
#include "providers.hpp"
#include "sign_in.hpp"
#include "sign_in/providers/revoker.hpp"

namespace dontgoback::core::sign_in {
namespace {

/// More than any of these requests needs; some clients send `{}` where no body is asked for.
constexpr std::size_t kSmallBody = 4096;

BrowserCookie sign_up_cookie(const config::Node& node) {
  return BrowserCookie({node.public_url_is_https}, "sign_up", "/api/v1/sign-up");
}

}  // namespace

std::string no_sign_up(const config::Node& node) { return sign_up_cookie(node).clear(); }

void add_routes(Host& host, const sessions::Sessions& sessions, const accounts::LifeCycle& life_cycle,
                const accounts::WaysIn& ways_in, const Settings& settings) {
  using http::Access, http::Lane, http::Method;
  using Handle = http::Response (*)(const SignIn&, const http::Request&);

  const auto guests =
      std::make_shared<const http::ActionLimit>(guest_limit(host.limiter, host.metrics, settings.guests_per_hour));
  const SignIn sign_in{host.database,
                       host.clock,
                       host.zone,
                       sessions,
                       life_cycle,
                       *guests,
                       host.limiter,
                       settings.takes_guests,
                       settings.sign_up,
                       sign_up_cookie(host.node),
                       BrowserCookie({host.node.public_url_is_https}, "link_sign_in", "/api/sign-in-link"),
                       ways_in};
  const auto add = [&](Method method, std::string_view path, Lane lane, std::size_t body, Handle handle) {
    host.router.add(
        {.method = method,
         .path = path,
         .access = Access::account_if_any(sessions.authenticator()).as(http::RouteClass::sign_in),
         .lane = lane,
         .body_limit = body,
         .handler = [sign_in, guests, handle](const http::Request& request) { return handle(sign_in, request); },
         .failure_form = path == "/api/sign-in-link" ? pages::to_sign_in_page : nullptr});
  };

  add_providers_route(host.router, settings);
  const auto providers = open_providers(host, settings.providers);
  add_provider_routes(host, sign_in, guests, providers);
  deliver_revocations(host.outbox, host.database, sessions, providers);
  add(Method::post, "/api/guest", Lane::command, kSmallBody, make_guest);
  add(Method::get, "/api/sign-in-link", Lane::query, http::kNoBody, show_link);
  add(Method::post, "/api/sign-in-link", Lane::command, kSmallBody, use_link);
  add_email_routes(host, sign_in, guests);
  add_hand_over_routes(host, sessions);
  add(Method::get, "/api/v1/sign-up", Lane::query, http::kNoBody, show_sign_up);
  add(Method::post, "/api/v1/sign-up", Lane::command, kSmallBody, make_member);
}

}  // namespace dontgoback::core::sign_in
