#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "arrival.hpp"
#include "dontgoback/time/clock_trust.hpp"

// Rows of `sign_ups` and `consents`. Tokens come as their stored form.
namespace dontgoback::core::sign_in {

struct PendingSignUp {
  Proven proven;                ///< nobody's when it began
  std::optional<UserId> guest;  ///< whose posts come along
  time::Timestamp expires_at;
  std::optional<UserId> made;  ///< the account that was made of it
};

void add_sign_up(storage::Connection& connection, std::string_view token, const PendingSignUp& sign_up);
/// When it is not expired.
std::optional<PendingSignUp> find_sign_up(storage::Connection& connection, std::string_view token, time::Timestamp now);
/// Holds the sign-up against others until the transaction ends. To come before what is read of it.
void lock_sign_up(storage::Connection& connection, std::string_view token);
/// Of a sign-up that is locked.
void set_made(storage::Connection& connection, std::string_view token, UserId user);

/// What the new member said: 14 or older, and which version of the terms is accepted.
void add_consent(storage::Connection& connection, UserId user, std::string_view terms, time::Timestamp now);

/// Sign-ups and what was said at them.
void delete_sign_ups_of(storage::Connection& connection, UserId user);
/// As expiry::RemoveSlice says.
std::int64_t delete_sign_ups_ended_within(storage::Connection& connection, const time::Span& span, int limit);

}  // namespace dontgoback::core::sign_in
