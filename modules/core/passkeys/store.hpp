#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dontgoback/id.hpp"
#include "dontgoback/storage/connection.hpp"
#include "dontgoback/time/clock_trust.hpp"

// Rows of `passkeys`, `passkey_users` and `passkey_challenges`. Challenges come as their stored form, credential ids in
// base64url.
namespace dontgoback::core::passkeys {

struct Passkey {
  std::int64_t id = 0;
  UserId user;
  std::string credential_id;
  std::string public_key;  ///< JWK
  std::uint32_t counter = 0;
  bool copied = false;  ///< its counter fell once
  time::Timestamp created_at;
  std::optional<time::Timestamp> last_used_at;
};

/// False when somebody has a passkey with that credential id.
bool add_passkey(storage::Connection& connection, const Passkey& passkey);
std::vector<Passkey> passkeys_of(storage::Connection& connection, UserId user);
/// For a sign-in: the row is held until the transaction ends, so that of two only one counts on.
std::optional<Passkey> hold_passkey(storage::Connection& connection, std::string_view credential_id);
void note_use(storage::Connection& connection, std::int64_t id, std::uint32_t counter, bool copied,
              time::Timestamp now);
/// False when the account has none of that id.
bool delete_passkey(storage::Connection& connection, UserId user, std::int64_t id);

/// What authenticators call the account: made when it is first asked for.
std::string handle_of(storage::Connection& connection, UserId user);

void add_challenge(storage::Connection& connection, std::string_view challenge, std::optional<UserId> user,
                   time::Timestamp expires_at);
/// Takes the challenge away. True for the one caller that did, when it was given for this and has not expired.
bool use_challenge(storage::Connection& connection, std::string_view challenge, std::optional<UserId> user,
                   time::Timestamp now);

void delete_all_of(storage::Connection& connection, UserId user);
/// As expiry::RemoveSlice says.
std::int64_t delete_challenges_ended_within(storage::Connection& connection, const time::Span& span, int limit);

}  // namespace dontgoback::core::passkeys
