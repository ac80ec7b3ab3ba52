#include "session_service.hpp"

#include "accounts/accounts.hpp"
#include "session_store.hpp"
#include "tokens.hpp"

namespace dontgoback::core::sessions {

std::optional<SignedIn> SessionService::renew(std::string_view refresh_token, const Where& where) const {
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
    extend_session(connection, session, where, now + kSessionLife);
    accounts::touch_account(connection, presented->holder.user, now);
    return SignedIn{presented->holder, std::move(successor)};
  });
}

std::optional<http::Identity> SessionService::holder_of(std::string_view refresh_token) const {
  const auto named = session_named_by(refresh_key_, refresh_token);
  if (!named && !is_opaque_token(refresh_token)) return std::nullopt;
  return database_.read([&](storage::Connection& connection) -> std::optional<http::Identity> {
    if (named) {
      const auto live = find_live_session(connection, *named);
      return live ? std::optional(live->holder) : std::nullopt;
    }
    const auto presented = find_refresh_token(connection, stored_refresh_token(refresh_token));
    return presented && presented->session_good ? std::optional(presented->holder) : std::nullopt;
  });
}

std::vector<ListedSession> SessionService::list(UserId user) const {
  auto sessions = database_.read([&](storage::Connection& connection) { return list_sessions(connection, user); });
  std::erase_if(sessions, [&](const ListedSession& session) {
    return is_past(session.expires_at, kSessionLife, clock_, trust_);
  });
  return sessions;
}

bool SessionService::end_one(UserId user, std::int64_t session) const {
  return database_.write(
      [&](storage::Connection& connection) { return end_session_of(connection, user, session, clock_.now()); });
}

std::int64_t SessionService::end_others(const http::Identity& holder) const {
  return database_.write([&](storage::Connection& connection) {
    return end_sessions_of(connection, holder.user, holder.session, clock_.now());
  });
}

void SessionService::end(std::int64_t session) const {
  database_.write([&](storage::Connection& connection) { end_session(connection, session, clock_.now()); });
}

}  // namespace dontgoback::core::sessions
