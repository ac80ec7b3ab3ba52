#include "sessions.hpp"

#include "handlers.hpp"
#include "jwks_route.hpp"
#include "session_authenticator.hpp"
#include "session_cookies.hpp"
#include "session_keys.hpp"
#include "session_service.hpp"
#include "tokens.hpp"

namespace dontgoback::core::sessions {
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

struct Sessions::Inner {
  Inner(Host& host, const std::filesystem::path& key_file)
      : keys(load_session_keys(host.database, key_file)),
        verifier(public_keys_of(keys.signing), expectations(host.node), host.clock),
        cookies(http::CookieRules{host.node.public_url_is_https}, keys.signing, host.node.public_url, host.clock),
        authenticator(cookies, verifier, host.database, host.clock, host.trust),
        handling{SessionService(host.database, host.clock, host.trust, keys.refresh), cookies},
        renewal_authenticator(handling.service, cookies) {}

  SessionKeys keys;
  security::TokenVerifier verifier;
  SessionCookies cookies;
  SessionAuthenticator authenticator;
  Handling handling;
  RenewalAuthenticator renewal_authenticator;
};

Sessions::Sessions(Host& host, const std::filesystem::path& key_file)
    : inner_(std::make_unique<Inner>(host, key_file)) {
  using http::Access, http::Lane, http::Method, http::RouteClass;
  auto& router = host.router;
  const auto& handling = inner_->handling;

  add_jwks_route(router, inner_->keys.signing);
  router.add({Method::post, "/api/token", Access::account(inner_->renewal_authenticator).as(RouteClass::renew),
              Lane::command, kSmallBody,
              [&handling](const http::Request& request) { return renew(handling, request); }});
  router.add({Method::post, "/api/logout", Access::account(inner_->authenticator).as(RouteClass::renew), Lane::command,
              kSmallBody, [&handling](const http::Request& request) { return log_out(handling, request); }});
}

Sessions::~Sessions() = default;

const http::Authenticator& Sessions::authenticator() const { return inner_->authenticator; }

http::Response Sessions::set_cookies(http::Response response, const SignedIn& signed_in) const {
  return inner_->cookies.set(std::move(response), signed_in);
}

void make_session_keys(storage::Database& database, const std::filesystem::path& key_file) {
  load_session_keys(database, key_file);
}

}  // namespace dontgoback::core::sessions
