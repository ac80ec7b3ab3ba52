#pragma once

#include "acts.hpp"

namespace dontgoback::core::moderation {

/// Whether the actor may act on what an account is and wrote: moderators on members and guests, admins on moderators,
/// too; nobody on themselves.
Result<Done> may_act_on(storage::Connection& connection, const Actor& actor, UserId user);

/// A reason as it is kept: 1 to audit::kMaxReason characters that can be seen; "" where it may be missing. Pure.
Result<std::string> read_reason(std::string_view sent);

}  // namespace dontgoback::core::moderation
