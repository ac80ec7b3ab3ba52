#pragma once

#include "acts.hpp"

// What may be done about who wrote something unlinked, each in the caller's write transaction. Reasons are checked
// (read_reason).
namespace dontgoback::core::moderation {

/// What was seen: nobody when they are gone.
struct Looked {
  std::optional<UserId> author;
};
/// Says who wrote it, whatever became of it, and that this was asked, in the audit trail: each time. not_found, invalid
/// (it is not unlinked).
Result<Looked> look(storage::Connection& connection, UserId actor, const Target& target, std::string_view reason,
                    time::Timestamp now);

/// So many unlinked texts of one author within kFloodTime are a flood.
inline constexpr int kFlood = 5;
inline constexpr std::chrono::hours kFloodTime{1};

struct Stopped {
  Standing hidden;              ///< the act that stands about the text itself
  std::optional<UserId> guest;  ///< who wrote it, when that is a guest; for no answer
};
/// Hides an unlinked text and keeps who wrote it from writing anything for kStop; where it is one of a flood, the
/// others of it are hidden, too. Nothing tells the actor who that is, nor what kind of account, and what the account
/// wrote linked stays as it is. The same again changes nothing. not_found, forbidden (one's own), invalid (it is not
/// unlinked).
Result<Stopped> stop(storage::Connection& connection, const Actor& actor, const Target& target, std::string_view reason,
                     time::Timestamp now);

}  // namespace dontgoback::core::moderation
