#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "dontgoback/storage/connection.hpp"
#include "dontgoback/time/clock_trust.hpp"

// Invitations: codes, each good for so many sign-ups until its end. Everything runs in the caller's transaction.
namespace dontgoback::core::sign_in {

struct Invitation {
  std::int64_t id;
  std::int64_t uses_left;
  time::Timestamp expires_at;
};

/// Makes one and returns its code, of which only the hash is kept.
std::string invite(storage::Connection& connection, std::int64_t uses, time::Timestamp expires_at, time::Timestamp now);
/// Takes a use of it. False for a code that is none, used up or over.
bool use_invitation(storage::Connection& connection, std::string_view code, time::Timestamp now);
/// Up to 1000 that can be used now, those that end last first.
std::vector<Invitation> open_invitations(storage::Connection& connection, time::Timestamp now);
/// False when there is none with this id.
bool revoke_invitation(storage::Connection& connection, std::int64_t id);
/// As expiry::RemoveSlice says.
std::int64_t delete_invitations_ended_within(storage::Connection& connection, const time::Span& span, int limit);

}  // namespace dontgoback::core::sign_in
