#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "dontgoback/result.hpp"
#include "dontgoback/storage/connection.hpp"
#include "model.hpp"
#include "telling.hpp"

// Rules of what moderators do, each in the caller's write transaction. Each act is an entry of the audit trail, and its
// author is told. Reasons are checked (read_reason).
namespace dontgoback::core::moderation {

/// Who acts. An operator at the command line, and the node, may do all that an admin may.
struct Actor {
  UserId id;
  http::Role role;
};
inline constexpr Actor kOperator{audit::kOperator, http::Role::admin};

/// An act as it stands: this one, or the one that was there before with the same effect.
struct Standing {
  Act act;
  std::optional<UserId> by;  ///< nothing when the audit trail does not go back so far
};

/// Hides a post or comment. not_found, forbidden (one's own, or of who is no less than the actor).
Result<Standing> hide(storage::Connection& connection, const Actor& actor, const Target& target,
                      std::string_view reason, time::Timestamp now);
/// The same; its author is told this.
Result<Standing> hide_saying(storage::Connection& connection, const Actor& actor, const Target& target,
                             std::string_view reason, time::Timestamp now, Said said);
/// Shows it again, also what waits. The same, and conflict when it was never hidden.
Result<Standing> restore(storage::Connection& connection, const Actor& actor, const Target& target,
                         std::string_view reason, time::Timestamp now);

struct Suspending {
  std::string reason;
  std::optional<time::Timestamp> ends_at;  ///< nothing: until it is lifted
};
/// Keeps the account from signing in, and with it all it wrote out of sight. Again with another end: that one counts.
Result<Standing> suspend(storage::Connection& connection, const accounts::LifeCycle& life_cycle, const Actor& actor,
                         UserId user, const Suspending& suspending, time::Timestamp now);
/// The account is what it was before. conflict when it is not suspended and never was.
Result<Standing> lift(storage::Connection& connection, const accounts::LifeCycle& life_cycle, const Actor& actor,
                      UserId user, std::string_view reason, time::Timestamp now);

struct Deciding {
  Decision decision;
  Suspending with;  ///< the reason of each; when the suspension ends
};
/// Closes a case; the case as it is then. The same decision again changes nothing. not_found, forbidden (as above, and
/// whose act is objected to), conflict (decided in another way), invalid (no text to hide).
Result<Case> decide(storage::Connection& connection, const accounts::LifeCycle& life_cycle, const Actor& actor,
                    CaseId id, const Deciding& deciding, time::Timestamp now);

/// Somebody objects to what was done to them, once: the same words again change nothing, others are a conflict.
/// not_found for what is not about them; invalid for what was done in their favour.
Result<Act> object(storage::Connection& connection, UserId user, ActId id, std::string_view text, time::Timestamp now);

}  // namespace dontgoback::core::moderation
