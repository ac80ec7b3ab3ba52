#include "session_store.hpp"

#include <algorithm>
#include <vector>

#include "ended.hpp"
#include "sessions.hpp"

namespace dontgoback::core::sessions {
namespace {

using storage::Planned;

const expiry::Slices kEndedSessions("sessions/purge", "sessions/purge-bound", "sessions", "expires_at",
                                    "sessions_by_expiry");
const expiry::Slices kEndedTokens("refresh-tokens/purge", "refresh-tokens/purge-bound", "refresh_tokens", "expires_at",
                                  "refresh_tokens_by_expiry");

const Planned kEndOf("sessions/end-all-of",
                     "UPDATE sessions {sessions_open_by_user} SET ended_at = :now WHERE user_id = :user_id AND "
                     "ended_at IS NULL AND id <> :but");
const Planned kCountOpen("sessions/count-open",
                         "SELECT COUNT(*) FROM sessions {sessions_open_by_user} WHERE user_id = :user_id AND ended_at "
                         "IS NULL AND expires_at > :now");
const Planned kList("sessions/list",
                    "SELECT id, device, address, created_at, expires_at FROM sessions {sessions_open_by_user} WHERE "
                    "user_id = :user_id AND ended_at IS NULL ORDER BY expires_at DESC LIMIT 100");
const Planned kUsedBefore("refresh-tokens/used-before",
                          "SELECT used_at FROM refresh_tokens {refresh_tokens_by_use} WHERE session_id = :session AND "
                          "used_at < :long_ago ORDER BY used_at DESC LIMIT 1");
const Planned kSurplus("refresh-tokens/surplus",
                       "SELECT used_at FROM refresh_tokens {refresh_tokens_by_use} WHERE session_id = :session AND "
                       "used_at IS NOT NULL ORDER BY used_at DESC LIMIT 1 OFFSET :kept");
const Planned kUsed("refresh-tokens/used",
                    "SELECT hash FROM refresh_tokens {refresh_tokens_by_use} WHERE session_id = :session AND hash LIKE "
                    "'.%' AND used_at < :bound LIMIT 100");
std::optional<std::string_view> known(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional<std::string_view>(text);
}

const Planned kDeleteOf("sessions/delete-all-of",
                        "DELETE FROM sessions {sessions_open_by_user} WHERE user_id = :user_id");

}  // namespace

std::optional<OpenSession> find_open_session(storage::Connection& connection, std::int64_t session, UserId user) {
  static const std::string kSql =
      "SELECT a.role, s.expires_at FROM sessions s JOIN " + accounts::joined("a", "s.user_id") +
      " WHERE s.id = :session AND s.user_id = :user_id AND s.ended_at IS NULL AND " + accounts::is_active("a");
  const auto row = connection.one<int, time::Timestamp>(kSql, session, user);
  if (!row) return std::nullopt;
  return OpenSession{http::Role{std::get<0>(*row)}, std::get<1>(*row)};
}

std::optional<LiveSession> find_live_session(storage::Connection& connection, std::int64_t session) {
  static const std::string kSql =
      "SELECT a.id, a.role, COALESCE(s.device, ''), COALESCE(s.signed_in_at, s.created_at) FROM sessions s JOIN " +
      accounts::joined("a", "s.user_id") + " WHERE s.id = :session AND s.ended_at IS NULL AND " +
      accounts::is_active("a");
  const auto row = connection.one<UserId, int, std::string, time::Timestamp>(kSql, session);
  if (!row) return std::nullopt;
  const auto& [user, role, device, signed_in_at] = *row;
  LiveSession live{{}, device, signed_in_at};
  live.holder.kind = http::Identity::Kind::account;
  live.holder.user = user;
  live.holder.role = http::Role{role};
  live.holder.session = session;
  return live;
}

std::int64_t count_open_sessions(storage::Connection& connection, UserId user, time::Timestamp now) {
  return std::get<0>(connection.one<std::int64_t>(kCountOpen.on(connection), user, now).value());
}

std::int64_t add_session(storage::Connection& connection, UserId user, const Where& where,
                         std::optional<time::Timestamp> signed_in_at, time::Timestamp now) {
  connection.execute(
      "INSERT INTO sessions (user_id, created_at, expires_at, device, address, signed_in_at) VALUES (:user_id, :now, "
      ":expires_at, :device, :address, :signed_in_at)",
      user, now, now + kSessionLife, known(where.device), known(where.address), signed_in_at);
  return connection.last_insert_id();
}

void extend_session(storage::Connection& connection, std::int64_t session, const Where& where,
                    time::Timestamp expires_at) {
  connection.execute(
      "UPDATE sessions SET expires_at = :expires_at, device = :device, address = :address WHERE id = :id", expires_at,
      known(where.device), known(where.address), session);
}

std::vector<ListedSession> list_sessions(storage::Connection& connection, UserId user) {
  std::vector<ListedSession> sessions;
  connection.each(kList.on(connection), storage::args(user),
                  [&](std::int64_t id, std::optional<std::string> device, std::optional<std::string> address,
                      time::Timestamp created_at, time::Timestamp expires_at) {
                    sessions.push_back({id, std::move(device), std::move(address), created_at, expires_at});
                  });
  return sessions;
}

void end_session(storage::Connection& connection, std::int64_t session, time::Timestamp now) {
  tell_ended(connection, {session, std::nullopt});
  connection.execute("UPDATE sessions SET ended_at = :now WHERE id = :id AND ended_at IS NULL", now, session);
}

std::int64_t end_all_sessions(storage::Connection& connection, time::Timestamp now) {
  tell_ended(connection, {});
  return connection.execute("UPDATE sessions SET ended_at = :now WHERE ended_at IS NULL", now);
}

std::int64_t end_sessions_of(storage::Connection& connection, UserId user, std::int64_t but, time::Timestamp now) {
  tell_ended(connection, {std::nullopt, user});
  return connection.execute(kEndOf.on(connection), now, user, but);
}

bool end_session_of(storage::Connection& connection, UserId user, std::int64_t session, time::Timestamp now) {
  tell_ended(connection, {session, std::nullopt});
  return connection.execute(
             "UPDATE sessions SET ended_at = :now WHERE id = :id AND user_id = :user_id AND ended_at IS NULL", now,
             session, user) == 1;
}

void delete_sessions_of(storage::Connection& connection, UserId user) {
  tell_ended(connection, {std::nullopt, user});
  connection.execute(kDeleteOf.on(connection), user);
}

std::optional<RefreshToken> find_refresh_token(storage::Connection& connection, std::string_view token) {
  static const std::string kSql = "SELECT a.id, a.role, " + accounts::is_active("a") +
                                  ", s.id, s.ended_at, t.expires_at, t.used_at FROM refresh_tokens t "
                                  "JOIN sessions s ON s.id = t.session_id JOIN " +
                                  accounts::joined("a", "s.user_id") + " WHERE t.hash = :hash";
  std::optional<RefreshToken> found;
  connection.each(
      kSql, storage::args(token),
      [&found](UserId user, int role, bool active, std::int64_t session, std::optional<time::Timestamp> ended_at,
               time::Timestamp expires_at, std::optional<time::Timestamp> used_at) {
        auto& row = found.emplace();
        row.holder.kind = http::Identity::Kind::account;
        row.holder.user = user;
        row.holder.role = http::Role{role};
        row.holder.session = session;
        row.expires_at = expires_at;
        row.used_at = used_at;
        row.session_good = !ended_at && active;
      });
  return found;
}

void add_refresh_token(storage::Connection& connection, std::string_view token, std::int64_t session,
                       time::Timestamp expires_at) {
  connection.execute(
      "INSERT INTO refresh_tokens (hash, session_id, expires_at) VALUES (:hash, :session_id, :expires_at)", token,
      session, expires_at);
}

void extend_refresh_token(storage::Connection& connection, std::string_view token, time::Timestamp expires_at) {
  connection.execute("UPDATE refresh_tokens SET expires_at = :expires_at WHERE hash = :hash", expires_at, token);
}

bool use_refresh_token(storage::Connection& connection, std::string_view token, time::Timestamp now) {
  return connection.execute("UPDATE refresh_tokens SET used_at = :now WHERE hash = :hash AND used_at IS NULL", now,
                            token) == 1;
}

void remove_used_tokens(storage::Connection& connection, std::int64_t session,
                        std::optional<time::Timestamp> long_ago) {
  constexpr int kKept = 32;
  // Each token's successor was used after it, so all but the latest that were used long ago have one that was.
  auto bound = time::Timestamp::min();
  if (long_ago) {
    const auto last = connection.one<time::Timestamp>(kUsedBefore.on(connection), session, *long_ago);
    if (last) bound = std::get<0>(*last);
  }
  const auto surplus = connection.one<time::Timestamp>(kSurplus.on(connection), session, kKept - 1);
  if (surplus) bound = std::max(bound, std::get<0>(*surplus));
  if (bound == time::Timestamp::min()) return;
  // Each by its key: a range would lock the gaps where other sessions' tokens go.
  std::vector<std::string> used;
  connection.each(kUsed.on(connection), storage::args(session, bound),
                  [&used](std::string hash) { used.push_back(std::move(hash)); });
  for (const auto& hash : used) connection.execute("DELETE FROM refresh_tokens WHERE hash = :hash", hash);
}

std::int64_t delete_sessions_ended_within(storage::Connection& connection, const time::Span& span, int limit) {
  return expiry::remove_slice(connection, kEndedSessions, span, limit);
}

std::int64_t delete_refresh_tokens_ended_within(storage::Connection& connection, const time::Span& span, int limit) {
  return expiry::remove_slice(connection, kEndedTokens, span, limit);
}

}  // namespace dontgoback::core::sessions
