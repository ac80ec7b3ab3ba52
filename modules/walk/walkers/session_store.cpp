#include "session_store.hpp"

#include <algorithm>
#include <cstring>

#include "dontgoback/security/crypto/random_bytes.hpp"
#include "slices_store.hpp"
#include "tokens.hpp"

namespace dontgoback::walk::walkers {
namespace {

using storage::Planned;

constexpr int kMostSessions = 50;
constexpr int kKeptTokens = 32;

const Slices kOldSessions("walker-sessions/purge", "walker-sessions/purge-bound", "walker_sessions", "expires_at",
                          "walker_sessions_by_expiry");
const Slices kOldTokens("walker-refresh-tokens/purge", "walker-refresh-tokens/purge-bound", "walker_refresh_tokens",
                        "expires_at", "walker_refresh_tokens_by_expiry");
const Slices kOldEnded("walker-sessions-ended/purge", "walker-sessions-ended/purge-bound", "walker_sessions_ended",
                       "ended_at", "walker_sessions_ended_by_age");

const Planned kList("walker-sessions/list",
                    "SELECT id, device, expires_at FROM walker_sessions {walker_sessions_by_walker} WHERE walker_id = "
                    ":walker ORDER BY expires_at DESC LIMIT 200");
const Planned kEndedAfter("walker-sessions-ended/after",
                          "SELECT number, session_id FROM walker_sessions_ended {PRIMARY} WHERE number > :after ORDER "
                          "BY number LIMIT :limit");
const Planned kUsedBefore("walker-refresh-tokens/used-before",
                          "SELECT used_at FROM walker_refresh_tokens {walker_refresh_tokens_by_use} WHERE session_id = "
                          ":session AND used_at < :long_ago ORDER BY used_at DESC LIMIT 1");
const Planned kSurplus("walker-refresh-tokens/surplus",
                       "SELECT used_at FROM walker_refresh_tokens {walker_refresh_tokens_by_use} WHERE session_id = "
                       ":session AND used_at IS NOT NULL ORDER BY used_at DESC LIMIT 1 OFFSET :kept");
const Planned kUsed("walker-refresh-tokens/used",
                    "SELECT hash FROM walker_refresh_tokens {walker_refresh_tokens_by_use} WHERE session_id = :session "
                    "AND used_at < :bound LIMIT 100");

const Planned kForgetSessions("walker-sessions/forget", "DELETE FROM walker_sessions {PRIMARY} WHERE id > :after");
const Planned kForgetIdentities("walker-identities/forget",
                                "DELETE FROM walker_identities {walker_identities_by_walker} WHERE walker_id > :after");

/// Positive, and exact in a double: clients in JavaScript have to say it again.
std::int64_t random_number() {
  const auto bytes = security::random_bytes(sizeof(std::uint64_t));
  std::uint64_t number = 0;
  std::memcpy(&number, bytes.data(), sizeof(number));
  return static_cast<std::int64_t>(number >> 11U) + 1;
}

void note_ended(storage::Connection& connection, std::int64_t session, time::Timestamp now) {
  connection.execute("INSERT INTO walker_sessions_ended (session_id, ended_at) VALUES (:session, :now)", session, now);
  connection.notify(kSessionEndedTopic, std::to_string(session));
}

}  // namespace

std::optional<time::Timestamp> find_session(storage::Connection& connection, WalkerId walker, std::int64_t session) {
  const auto row = connection.one<time::Timestamp>(
      "SELECT s.expires_at FROM walker_sessions s JOIN walkers w ON w.id = s.walker_id WHERE s.id = :session AND "
      "s.walker_id = :walker AND w.status = 0",
      session, walker);
  if (!row) return std::nullopt;
  return std::get<0>(*row);
}

std::int64_t add_session(storage::Connection& connection, WalkerId walker, std::string_view device,
                         time::Timestamp now) {
  const auto there = sessions_of(connection, walker);
  for (std::size_t i = kMostSessions - 1; i < there.size(); ++i) end_session(connection, walker, there[i].id, now);
  const auto session = random_number();
  connection.execute(
      "INSERT INTO walker_sessions (id, walker_id, device, expires_at) VALUES (:id, :walker, :device, :expires_at)",
      session, walker, device, now + kSessionLife);
  return session;
}

void extend_session(storage::Connection& connection, std::int64_t session, std::string_view device,
                    time::Timestamp expires_at) {
  connection.execute("UPDATE walker_sessions SET expires_at = :expires_at, device = :device WHERE id = :id", expires_at,
                     device, session);
}

std::vector<ListedSession> sessions_of(storage::Connection& connection, WalkerId walker) {
  std::vector<ListedSession> sessions;
  connection.each(kList.on(connection), storage::args(walker),
                  [&](std::int64_t id, std::string device, time::Timestamp expires_at) {
                    sessions.push_back({id, std::move(device), expires_at});
                  });
  return sessions;
}

bool end_session(storage::Connection& connection, WalkerId walker, std::int64_t session, time::Timestamp now) {
  // Its tokens go with it.
  const bool was_there =
      connection.execute("DELETE FROM walker_sessions WHERE id = :id AND walker_id = :walker", session, walker) == 1;
  if (was_there) note_ended(connection, session, now);
  return was_there;
}

std::int64_t end_sessions(storage::Connection& connection, WalkerId walker, std::int64_t but, time::Timestamp now) {
  std::int64_t ended = 0;
  for (const auto& session : sessions_of(connection, walker)) {
    if (session.id != but && end_session(connection, walker, session.id, now)) ++ended;
  }
  return ended;
}

std::int64_t forget_sessions_and_identities(storage::Connection& connection) {
  connection.execute(kForgetIdentities.on(connection), 0);
  return connection.execute(kForgetSessions.on(connection), 0);
}

std::optional<KeptToken> find_refresh_token(storage::Connection& connection, std::string_view token) {
  const auto row = connection.one<time::Timestamp, std::optional<time::Timestamp>>(
      "SELECT expires_at, used_at FROM walker_refresh_tokens WHERE hash = :hash", token);
  if (!row) return std::nullopt;
  return KeptToken{std::get<0>(*row), std::get<1>(*row)};
}

void add_refresh_token(storage::Connection& connection, std::string_view token, std::int64_t session,
                       time::Timestamp expires_at) {
  connection.execute(
      "INSERT INTO walker_refresh_tokens (hash, session_id, expires_at) VALUES (:hash, :session, :expires_at)", token,
      session, expires_at);
}

bool use_refresh_token(storage::Connection& connection, std::string_view token, time::Timestamp now) {
  return connection.execute("UPDATE walker_refresh_tokens SET used_at = :now WHERE hash = :hash AND used_at IS NULL",
                            now, token) == 1;
}

void remove_used_tokens(storage::Connection& connection, std::int64_t session,
                        std::optional<time::Timestamp> long_ago) {
  // Each token's successor was used after it, so all but the latest that were used long ago have one that was.
  auto bound = time::Timestamp::min();
  if (long_ago) {
    const auto last = connection.one<time::Timestamp>(kUsedBefore.on(connection), session, *long_ago);
    if (last) bound = std::get<0>(*last);
  }
  const auto surplus = connection.one<time::Timestamp>(kSurplus.on(connection), session, kKeptTokens - 1);
  if (surplus) bound = std::max(bound, std::get<0>(*surplus));
  if (bound == time::Timestamp::min()) return;
  // Each by its key: a range would lock the gaps where other sessions' tokens go.
  std::vector<std::string> used;
  connection.each(kUsed.on(connection), storage::args(session, bound),
                  [&used](std::string hash) { used.push_back(std::move(hash)); });
  for (const auto& hash : used) connection.execute("DELETE FROM walker_refresh_tokens WHERE hash = :hash", hash);
}

std::vector<EndedSession> ended_after(storage::Connection& connection, std::int64_t number, std::size_t limit) {
  std::vector<EndedSession> ended;
  connection.each(kEndedAfter.on(connection), storage::args(number, static_cast<std::int64_t>(limit)),
                  [&](std::int64_t each, std::int64_t session) {
                    ended.push_back({each, session});
                  });
  return ended;
}

std::int64_t delete_sessions_within(storage::Connection& connection, const time::Span& span, int limit) {
  return kOldSessions.remove_some(connection, span, limit);
}
std::int64_t delete_refresh_tokens_within(storage::Connection& connection, const time::Span& span, int limit) {
  return kOldTokens.remove_some(connection, span, limit);
}
std::int64_t delete_ended_within(storage::Connection& connection, const time::Span& span, int limit) {
  return kOldEnded.remove_some(connection, span, limit);
}

}  // namespace dontgoback::walk::walkers
