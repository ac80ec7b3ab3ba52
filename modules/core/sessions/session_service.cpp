#include "session_service.hpp"

#include "accounts/accounts.hpp"
#include "session_store.hpp"
#include "tokens.hpp"

namespace dontgoback::core::sessions {

SignedIn begin_session(storage::Connection& connection, UserId user, http::Role role, time::Timestamp now) {
  SignedIn signed_in;
  signed_in.identity.kind = http::Identity::Kind::account;
  signed_in.identity.user = user;
  signed_in.identity.role = role;
  signed_in.identity.session = add_session(connection, user, now, now + kSessionLife);
  signed_in.refresh_token = new_opaque_token();
  add_refresh_token(connection, stored_form(signed_in.refresh_token), signed_in.identity.session, now + kSessionLife);
  return signed_in;
}

std::optional<SignedIn> SessionService::renew(std::string_view refresh_token) const {
  if (!is_opaque_token(refresh_token)) return std::nullopt;
  const auto token = stored_form(refresh_token);
  const auto successor = successor_of(refresh_key_, refresh_token);
  const auto next = stored_form(successor);
  const auto now = clock_.now();

  return database_.write([&](storage::Connection& connection) -> std::optional<SignedIn> {
    // The update comes first: it makes the second of two tabs wait, and see afterwards what the first has done.
    const bool first_use = use_refresh_token(connection, token, now);
    const auto presented = find_refresh_token(connection, token);
    if (!presented || !presented->session_good) return std::nullopt;
    if (is_past(presented->expires_at, kSessionLife, clock_, trust_)) return std::nullopt;
    const auto session = presented->holder.session;

    if (first_use) {
      add_refresh_token(connection, next, session, now + kSessionLife);
    } else {
      const auto after = find_refresh_token(connection, next);
      const bool long_ago =
          after && after->used_at && now - *after->used_at > kRenewalGrace && trust_.settled() > kRenewalGrace;
      if (!after || long_ago) {
        end_session(connection, session, now);
        return std::nullopt;
      }
      extend_refresh_token(connection, next, now + kSessionLife);
    }
    extend_session(connection, session, now + kSessionLife);
    accounts::touch_account(connection, presented->holder.user, now);
    return SignedIn{presented->holder, successor};
  });
}

void SessionService::end(std::int64_t session) const {
  database_.write([&](storage::Connection& connection) { end_session(connection, session, clock_.now()); });
}

}  // namespace dontgoback::core::sessions
