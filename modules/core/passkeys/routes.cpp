#include <memory>

#include "dontgoback/text/url.hpp"
#include "handlers.hpp"
#include "passkeys.hpp"
#include "store.hpp"

namespace dontgoback::core::passkeys {
namespace {

/// An RSA key of 4096 bit and a credential id of 1023 bytes, both in base64url twice over; some authenticators attest
/// with certificates.
constexpr std::size_t kSmallBody = 4096;  // some clients send `{}` where no body is asked for
constexpr std::size_t kAnswerBody = 16 * 1024;

class PasskeysOfAccounts final : public accounts::Subscriber {
  void removed(storage::Connection& connection, UserId user) const override { delete_all_of(connection, user); }
};

}  // namespace

bool has_any(storage::Connection& connection, UserId user) { return !passkeys_of(connection, user).empty(); }

std::vector<OwnPasskey> own_passkeys(storage::Connection& connection, UserId user) {
  std::vector<OwnPasskey> found;
  for (const auto& passkey : passkeys_of(connection, user)) {
    found.push_back({passkey.id, passkey.created_at, passkey.last_used_at});
  }
  return found;
}

void add_routes(Host& host, const sessions::Sessions& sessions, const accounts::LifeCycle& life_cycle,
                const accounts::WaysIn& ways_in) {
  using http::Access, http::Lane, http::Method, http::RouteClass;
  using Handle = http::Response (*)(const Passkeys&, const http::Request&);
  const auto url = text::Url::parse(host.node.public_url).value();
  const Passkeys passkeys{host.database,    host.clock, sessions,
                          life_cycle,       ways_in,    {.id = std::string(url.host_name()), .origin = url.origin()},
                          host.node.network};
  const auto& by = sessions.authenticator();
  const auto add = [&](Method method, std::string_view path, Access access, Lane lane, std::size_t body,
                       Handle handle) {
    host.router.add({method, path, std::move(access), lane, body,
                     [passkeys, handle](const http::Request& request) { return handle(passkeys, request); }});
  };
  // Guests have nothing to come back to but their cookie.
  const auto member = [&](RouteClass counts_as) { return Access::account(by, http::Role::user).as(counts_as); };
  add(Method::post, "/api/v1/users/me/passkeys/options", member(RouteClass::write), Lane::command, kSmallBody,
      options_to_make);
  add(Method::post, "/api/v1/users/me/passkeys", member(RouteClass::write), Lane::command, kAnswerBody, make);
  add(Method::get, "/api/v1/users/me/passkeys", Access::account(by).as(RouteClass::read), Lane::query, http::kNoBody,
      list);
  add(Method::del, "/api/v1/users/me/passkeys/{passkeyId}", member(RouteClass::write), Lane::command, http::kNoBody,
      remove);
  const auto anybody = Access::account_if_any(by).as(RouteClass::sign_in);
  add(Method::post, "/api/v1/sign-in/passkey/options", anybody, Lane::command, kSmallBody, options_to_sign_in);
  add(Method::post, "/api/v1/sign-in/passkey", anybody, Lane::command, kAnswerBody, sign_in);
}

const accounts::Subscriber& subscriber() {
  static const PasskeysOfAccounts kSubscriber;
  return kSubscriber;
}

std::int64_t remove_expired(const expiry::Sweep& sweep) {
  return expiry::remove_ended(sweep, kChallengeLife, delete_challenges_ended_within);
}

}  // namespace dontgoback::core::passkeys
