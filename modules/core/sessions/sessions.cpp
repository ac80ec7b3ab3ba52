#include "sessions.hpp"

#include "guest_limit.hpp"
#include "handlers.hpp"
#include "jwks_route.hpp"
#include "purge.hpp"
#include "session_authenticator.hpp"
#include "session_cookies.hpp"
#include "session_keys.hpp"
#include "session_service.hpp"
#include "sign_in_links.hpp"
#include "tokens.hpp"

namespace dontgoback::core {
namespace {

/// More than any of these requests needs; some clients send `{}` where no body is asked for.
constexpr std::size_t kSmallBody = 4096;

security::Expectations expectations(const config::Node& node) {
  security::Expectations expected;
  expected.issuer = node.public_url;
  expected.audience = kWebAudience;
  expected.leeway = std::chrono::seconds(0);
  return expected;
}

}  // namespace

struct Sessions::Parts {
  Parts(Host& host, const SessionSettings& settings)
      : keys(load_session_keys(host.database, settings.key_file)),
        verifier(public_keys_of(keys.signing), expectations(host.node), host.clock),
        authenticator(verifier, host.database, host.clock, host.trust),
        service(host.database, host.clock, host.trust, host.zone, keys.refresh),
        links(host.database, host.clock),
        limit(settings.guests_per_hour),
        cookies(http::CookieRules{host.node.public_url_is_https}, keys.signing, host.node.public_url, host.clock),
        handlers(service, links, limit, cookies, host.clock) {}

  SessionKeys keys;
  security::TokenVerifier verifier;
  SessionAuthenticator authenticator;
  SessionService service;
  SignInLinks links;
  GuestLimit limit;
  SessionCookies cookies;
  SessionHandlers handlers;
};

Sessions::Sessions(Host& host, const SessionSettings& settings) : parts_(std::make_unique<Parts>(host, settings)) {
  using http::Access, http::Lane, http::Method;
  auto& router = host.router;
  const auto& by_session = parts_->authenticator;
  const auto to = [handlers = &parts_->handlers](auto method) {
    return [handlers, method](const http::Request& request) { return (handlers->*method)(request); };
  };

  add_jwks_route(router, parts_->keys.signing);
  add_sign_in_providers_route(router, settings.providers);
  router.add({Method::post, "/api/guest", Access::account_if_any(by_session), Lane::command, kSmallBody,
              to(&SessionHandlers::guest)});
  router.add({Method::post, "/api/token", Access::anyone(), Lane::command, kSmallBody, to(&SessionHandlers::renew)});
  router.add({Method::post, "/api/logout", Access::account(by_session), Lane::command, kSmallBody,
              to(&SessionHandlers::logout)});
  router.add({Method::get, "/api/sign-in-link", Access::account_if_any(by_session), Lane::query, http::kNoBody,
              to(&SessionHandlers::show_link)});
  router.add({Method::post, "/api/sign-in-link", Access::account_if_any(by_session), Lane::command, kSmallBody,
              to(&SessionHandlers::use_link)});
}

jobs::Job session_job(Host& host) { return guest_purge(host.database, host.trust); }

void make_session_keys(storage::Database& database, const std::filesystem::path& key_file) {
  load_session_keys(database, key_file);
}

Sessions::~Sessions() = default;

const http::Authenticator& Sessions::authenticator() const { return parts_->authenticator; }

}  // namespace dontgoback::core
