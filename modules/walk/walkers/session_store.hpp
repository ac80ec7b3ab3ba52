#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dontgoback/storage/connection.hpp"
#include "dontgoback/time/clock_trust.hpp"
#include "walkers.hpp"

// Rows of sessions, their refresh tokens, and what ended of them. Tokens come as their stored form.
namespace dontgoback::walk::walkers {

/// When the session ends, while it goes on and its walker is active.
std::optional<time::Timestamp> find_session(storage::Connection& connection, WalkerId walker, std::int64_t session);

/// A session of a walker, which is locked; past kMostSessions of it those that were used longest ago end. Its number is
/// random: it tells neither when it began nor how many there are.
std::int64_t add_session(storage::Connection& connection, WalkerId walker, std::string_view device,
                         time::Timestamp now);
void extend_session(storage::Connection& connection, std::int64_t session, std::string_view device,
                    time::Timestamp expires_at);

struct ListedSession {
  std::int64_t id;
  std::string device;  ///< "": not known
  time::Timestamp expires_at;
};
/// The last used first.
std::vector<ListedSession> sessions_of(storage::Connection& connection, WalkerId walker);

// What ends a session also keeps its number, by which other nodes refuse its access tokens, and tells them once the
// transaction is committed.

/// False when the walker has no such session.
bool end_session(storage::Connection& connection, WalkerId walker, std::int64_t session, time::Timestamp now);
/// All of a walker but one. How many there were.
std::int64_t end_sessions(storage::Connection& connection, WalkerId walker, std::int64_t but, time::Timestamp now);

/// Forgets who is signed in, and who signs in to which walker. How many sessions there were.
std::int64_t forget_sessions_and_identities(storage::Connection& connection);

struct KeptToken {
  time::Timestamp expires_at;
  std::optional<time::Timestamp> used_at;
};
std::optional<KeptToken> find_refresh_token(storage::Connection& connection, std::string_view token);
void add_refresh_token(storage::Connection& connection, std::string_view token, std::int64_t session,
                       time::Timestamp expires_at);
/// Marks the token used, unless it is already. True for the one caller that did; others wait for its transaction.
bool use_refresh_token(storage::Connection& connection, std::string_view token, time::Timestamp now);
/// Of the session's used tokens all whose successor was used before `long_ago`, and all but the 32 used last.
void remove_used_tokens(storage::Connection& connection, std::int64_t session, std::optional<time::Timestamp> long_ago);

/// Sessions that ended, as they are told of.
struct EndedSession {
  std::int64_t number;  ///< grows, but for transactions that are committed in another order
  std::int64_t session;
};
/// Those after `number`, in order; at most `limit`.
std::vector<EndedSession> ended_after(storage::Connection& connection, std::int64_t number, std::size_t limit);

// Each removes some rows within the span, the oldest first, in the caller's transaction. How many; 0: no more.
std::int64_t delete_sessions_within(storage::Connection& connection, const time::Span& span, int limit);
std::int64_t delete_refresh_tokens_within(storage::Connection& connection, const time::Span& span, int limit);
std::int64_t delete_ended_within(storage::Connection& connection, const time::Span& span, int limit);

}  // namespace dontgoback::walk::walkers
