#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dontgoback/http/identity.hpp"
#include "dontgoback/storage/connection.hpp"
#include "dontgoback/time/clock_trust.hpp"
#include "where.hpp"

// Rows of `sessions` and `refresh_tokens`. Tokens come as their stored form.
namespace dontgoback::core::sessions {

struct OpenSession {
  http::Role role;
  time::Timestamp expires_at;
};
/// The session, when it is not ended and the account is ACTIVE.
std::optional<OpenSession> find_open_session(storage::Connection& connection, std::int64_t session, UserId user);

/// Which began at `now`; a moment of the sign-in when that was earlier, on another device.
std::int64_t add_session(storage::Connection& connection, UserId user, const Where& where,
                         std::optional<time::Timestamp> signed_in_at, time::Timestamp now);
/// Ends all sessions of an account but one. Returns how many there were.
std::int64_t end_sessions_of(storage::Connection& connection, UserId user, std::int64_t but, time::Timestamp now);
/// Ends a session of an account; false when there is none, or it has ended.
bool end_session_of(storage::Connection& connection, UserId user, std::int64_t session, time::Timestamp now);

/// With their refresh tokens.
void delete_sessions_of(storage::Connection& connection, UserId user);
/// It goes on there.
void extend_session(storage::Connection& connection, std::int64_t session, const Where& where,
                    time::Timestamp expires_at);
/// Returns how many there were.
std::int64_t end_all_sessions(storage::Connection& connection, time::Timestamp now);

struct RefreshToken {
  http::Identity holder;
  time::Timestamp expires_at;
  std::optional<time::Timestamp> used_at;
  bool session_good;  ///< not ended, and the account is ACTIVE
};
std::optional<RefreshToken> find_refresh_token(storage::Connection& connection, std::string_view token);
void add_refresh_token(storage::Connection& connection, std::string_view token, std::int64_t session,
                       time::Timestamp expires_at);
void extend_refresh_token(storage::Connection& connection, std::string_view token, time::Timestamp expires_at);
/// Marks the token used, unless it is already. True for the one caller that did; others wait for its transaction.
bool use_refresh_token(storage::Connection& connection, std::string_view token, time::Timestamp now);
/// Of the session's used tokens that name it, all whose successor was used before `long_ago`, and all but the 32 used
/// last.
void remove_used_tokens(storage::Connection& connection, std::int64_t session, std::optional<time::Timestamp> long_ago);

// As expiry::RemoveSlice says.
std::int64_t delete_sessions_ended_within(storage::Connection& connection, const time::Span& span, int limit);
std::int64_t delete_refresh_tokens_ended_within(storage::Connection& connection, const time::Span& span, int limit);

}  // namespace dontgoback::core::sessions
