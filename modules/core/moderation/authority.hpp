#pragma once

#include "acts.hpp"
#include "reports.hpp"

namespace dontgoback::core::moderation {

/// Whether the actor may act on what an account is and wrote: moderators on members and guests, admins on moderators,
/// too; nobody on themselves.
Result<Done> may_act_on(storage::Connection& connection, const Actor& actor, UserId user);

/// The same of what was found. What is unlinked is a member's like any to who acts on it, whoever wrote it: that the
/// actor may not would say who. It is one's own all the same.
Result<Done> may_act_on(storage::Connection& connection, const Actor& actor, const Found& found);

/// A reason as it is kept: 1 to audit::kMaxReason characters that can be seen; "" where it may be missing. Pure.
Result<std::string> read_reason(std::string_view sent);

}  // namespace dontgoback::core::moderation
