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
  const auto named = session_named_by(refresh_key_, refresh_token);
  if (!named && !is_opaque_token(refresh_token)) return std::nullopt;
  const auto token = stored_refresh_token(refresh_token);
  const auto now = clock_.now();

  return database_.write([&](storage::Connection& connection) -> std::optional<SignedIn> {
    // The update comes first: it makes the second of two tabs wait, and see afterwards what the first has done.
    const bool first_use = use_refresh_token(connection, token, now);
    const auto presented = find_refresh_token(connection, token);
    if (!presented) {
      if (named) end_session(connection, *named, now);
      return std::nullopt;
    }
    if (!presented->session_good) return std::nullopt;
    if (is_past(presented->expires_at, kSessionLife, clock_, trust_)) return std::nullopt;
    const auto session = presented->holder.session;
    auto successor = successor_of(refresh_key_, refresh_token, session);
    const auto next = stored_refresh_token(successor);

    if (first_use) {
      add_refresh_token(connection, next, session, now + kSessionLife);
      const bool clock_tells = trust_.settled() > kRenewalGrace;
      remove_used_tokens(connection, session, clock_tells ? std::optional(now - kRenewalGrace) : std::nullopt);
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
    return SignedIn{presented->holder, std::move(successor)};
  });
}

std::optional<http::Identity> SessionService::holder_of(std::string_view refresh_token) const {
  const auto named = session_named_by(refresh_key_, refresh_token);
  if (!named && !is_opaque_token(refresh_token)) return std::nullopt;
  return database_.read([&](storage::Connection& connection) -> std::optional<http::Identity> {
    if (named) return find_session_holder(connection, *named);
    const auto presented = find_refresh_token(connection, stored_refresh_token(refresh_token));
    return presented && presented->session_good ? std::optional(presented->holder) : std::nullopt;
  });
}

void SessionService::end(std::int64_t session) const {
  database_.write([&](storage::Connection& connection) { end_session(connection, session, clock_.now()); });
}

}  // namespace dontgoback::core::sessions
