#include "sessions.hpp"

#include <stdexcept>

#include "device_mails.hpp"
#include "dontgoback/security/crypto/base64.hpp"
#include "dontgoback/security/crypto/hash.hpp"
#include "dontgoback/security/crypto/hmac.hpp"
#include "dontgoback/security/crypto/seal.hpp"
#include "handlers.hpp"
#include "jwks_route.hpp"
#include "session_authenticator.hpp"
#include "session_cookies.hpp"
#include "session_keys.hpp"
#include "session_service.hpp"
#include "session_store.hpp"
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
  Inner(Host& host, const std::filesystem::path& key_file, std::vector<std::string> besides)
      : keys(load_session_keys(host.database, key_file)),
        verifier(public_keys_of(keys.signing), expectations(host.node), host.clock),
        cookies(http::CookieRules{host.node.public_url_is_https}, keys.signing, host.node.public_url, host.clock),
        authenticator(cookies, verifier, host.database, host.clock, host.trust),
        strangers_too(cookies, authenticator),
        handling{SessionService(host.database, host.clock, host.trust, keys.refresh), cookies, std::move(besides)},
        renewal_authenticator(handling.service, cookies),
        mails(host.outbox, host.zone, host.node.public_url) {}

  SessionKeys keys;
  security::TokenVerifier verifier;
  SessionCookies cookies;
  SessionAuthenticator authenticator;
  StrangersToo strangers_too;
  Handling handling;
  RenewalAuthenticator renewal_authenticator;
  DeviceMails mails;
};

Sessions::Sessions(Host& host, const std::filesystem::path& key_file, std::vector<std::string> besides)
    : inner_(std::make_unique<Inner>(host, key_file, std::move(besides))) {
  using http::Access, http::Lane, http::Method, http::RouteClass;
  auto& router = host.router;
  const auto& handling = inner_->handling;

  add_jwks_route(router, inner_->keys.signing);
  router.add({Method::post, "/api/token", Access::account(inner_->renewal_authenticator).as(RouteClass::renew),
              Lane::command, kSmallBody,
              [&handling](const http::Request& request) { return renew(handling, request); }});
  router.add({Method::post, "/api/logout", Access::account(inner_->authenticator).as(RouteClass::renew), Lane::command,
              kSmallBody, [&handling](const http::Request& request) { return log_out(handling, request); }});

  const auto by = Access::account(inner_->authenticator);
  router.add({Method::get, "/api/v1/sessions", by.as(RouteClass::read), Lane::query, http::kNoBody,
              [&handling](const http::Request& request) { return list(handling, request); }});
  router.add({Method::del, "/api/v1/sessions", by.as(RouteClass::renew), Lane::command, http::kNoBody,
              [&handling](const http::Request& request) { return end_others(handling, request); }});
  router.add({Method::del, "/api/v1/sessions/{sessionId}", by.as(RouteClass::renew), Lane::command, http::kNoBody,
              [&handling](const http::Request& request) { return end_one(handling, request); }});
}

Sessions::~Sessions() = default;

const http::Authenticator& Sessions::authenticator() const { return inner_->authenticator; }

const http::Authenticator& Sessions::strangers_too() const { return inner_->strangers_too; }

http::Response Sessions::clear_cookies(http::Response response) const {
  return inner_->cookies.clear(std::move(response));
}

http::Response Sessions::set_cookies(http::Response response, const SignedIn& signed_in) const {
  if (signed_in.identity.role != http::Role::guest) add_cookies(response, inner_->handling.besides);
  return inner_->cookies.set(std::move(response), signed_in);
}

Where Sessions::where(const http::Request& request) const {
  auto where = where_of(request);
  where.mails = &inner_->mails;
  return where;
}

std::string Sessions::keyed(std::string_view use, std::string_view text) const {
  return sessions::keyed(inner_->keys.refresh, use, text);
}

std::string Sessions::seal(std::string_view use, std::string_view plain, std::string_view context) const {
  const auto key = security::hmac_sha256(inner_->keys.refresh, use);
  return security::base64url_encode(security::seal(security::bytes(key), plain, context));
}

std::optional<std::string> Sessions::unseal(std::string_view use, std::string_view sealed,
                                            std::string_view context) const {
  const auto bytes = security::base64url_decode(sealed);
  if (!bytes) return std::nullopt;
  const auto key = security::hmac_sha256(inner_->keys.refresh, use);
  try {
    return security::unseal(security::bytes(key), *bytes, context);
  } catch (const std::runtime_error&) {
    return std::nullopt;
  }
}

void end_sessions(storage::Connection& connection, UserId user, time::Timestamp now) {
  end_sessions_of(connection, user, 0, now);
}

void make_session_keys(storage::Database& database, const std::filesystem::path& key_file) {
  load_session_keys(database, key_file);
}

}  // namespace dontgoback::core::sessions
