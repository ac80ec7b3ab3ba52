#include <memory>

#include "handlers.hpp"
#include "leaving.hpp"
#include "pages/pages.hpp"

namespace dontgoback::core::leaving {
namespace {

/// More than any of these requests needs; some clients send `{}` where no body is asked for.
constexpr std::size_t kSmallBody = 4096;

}  // namespace

void add_routes(Host& host, const sessions::Sessions& sessions, const accounts::LifeCycle& life_cycle) {
  using http::Access, http::Lane, http::Method, http::RouteClass;

  const auto limit = std::make_shared<const http::ActionLimit>(mail_limit(host.limiter, host.metrics));
  const Leaving leaving{host.database,        host.clock, host.trust, host.zone, host.outbox,
                        host.node.public_url, sessions,   life_cycle, *limit};
  const auto& by = sessions.authenticator();
  const auto add = [&](Method method, std::string_view path, Access access, Lane lane, std::size_t body,
                       http::Handler handle) {
    const bool is_link = access.need == Access::Need::nothing;
    host.router.add({.method = method,
                     .path = path,
                     .access = std::move(access),
                     .lane = lane,
                     .body_limit = body,
                     .handler = [limit, handle](const http::Request& request) { return handle(request); },
                     .failure_form = is_link ? pages::to_sign_in_page : nullptr});
  };
  // Mails are opened in any browser: what is signed in there does not count.
  const auto anyone = Access::anyone().as(RouteClass::sign_in);
  const auto add_wish = [&](Wish wish, std::string_view request_path) {
    add(Method::post, request_path, Access::account(by, http::Role::user).as(RouteClass::write), Lane::command,
        kSmallBody, [leaving, wish](const auto& request) { return ask_for_mail(leaving, wish, request); });
    add(Method::get, path_of(wish), anyone, Lane::query, http::kNoBody,
        [leaving, wish](const auto& request) { return show_link(leaving, wish, request); });
    add(Method::post, path_of(wish), anyone, Lane::command, kSmallBody,
        [leaving, wish](const auto& request) { return follow_link(leaving, wish, request); });
  };
  add_wish(Wish::close, "/api/v1/users/account-close/email-request");
  add_wish(Wish::deactivate, "/api/v1/users/account-inactive/email-request");
  add(Method::post, "/api/v1/users/me/leave", Access::account(by).as(RouteClass::write), Lane::command, kSmallBody,
      [leaving](const auto& request) { return leave_now(leaving, request); });
}

}  // namespace dontgoback::core::leaving
