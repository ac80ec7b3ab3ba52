#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "dontgoback/http/identity.hpp"
#include "dontgoback/storage/connection.hpp"
#include "dontgoback/time/clock_trust.hpp"
#include "sessions/sessions.hpp"

// Rows of `hand_overs`. Codes and tokens come as their stored form.
namespace dontgoback::core::sign_in {

struct HandOver {
  std::int64_t id;
  std::int64_t session;
  bool claimed;
  std::optional<std::string> device;
  std::optional<std::string> address;
  std::optional<time::Timestamp> confirmed_at;
  std::optional<std::int64_t> made_session;
  std::optional<time::Timestamp> made_at;
};

/// Takes the place of the session's one before, and of one with that code that has expired. Nothing when the code is
/// shown by somebody else.
std::optional<std::int64_t> add_hand_over(storage::Connection& connection, const http::Identity& holder,
                                          std::string_view code, time::Timestamp now);
bool delete_hand_over(storage::Connection& connection, std::int64_t session);
void delete_hand_overs_of(storage::Connection& connection, UserId user);

// Those that have not expired.
std::optional<HandOver> find_by_session(storage::Connection& connection, std::int64_t session, time::Timestamp now);
std::optional<HandOver> find_by_code(storage::Connection& connection, std::string_view code, time::Timestamp now);
std::optional<HandOver> find_by_claim(storage::Connection& connection, std::string_view claim, time::Timestamp now);

/// False when somebody was faster.
bool claim_hand_over(storage::Connection& connection, std::int64_t id, std::string_view claim,
                     const sessions::Where& where);
/// Unless it is already, or nobody has claimed it. It goes on for another kHandOverLife.
void confirm_hand_over(storage::Connection& connection, std::int64_t id, time::Timestamp now);
/// Holds it until the transaction ends. To come before what is read of it.
void lock_claim(storage::Connection& connection, std::string_view claim);
void set_made(storage::Connection& connection, std::int64_t id, std::int64_t session, time::Timestamp now);

/// As expiry::RemoveSlice says.
std::int64_t delete_hand_overs_ended_within(storage::Connection& connection, const time::Span& span, int limit);

}  // namespace dontgoback::core::sign_in
