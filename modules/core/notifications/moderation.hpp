#pragma once

#include <optional>

#include "accounts/accounts.hpp"
#include "dontgoback/result.hpp"
#include "feed/feed.hpp"

namespace dontgoback::core::notifications {

/// What a member is told of an act of moderation: what was done and why, in one or two sentences of 1 to 2 000 bytes,
/// and where it lies, which is shown though others do not see it.
struct ModerationTold {
  std::string words;
  std::string words_en;  ///< empty: as in the other
  std::optional<feed::PostId> post;
  std::optional<feed::CommentId> comment;  ///< with its post
  time::Timestamp now;
};

/// Tells the account, whatever it has switched off: a row in the caller's transaction, which holds its counter from
/// here on. To come after what the caller locks of posts, comments and accounts.
void tell_of_moderation(storage::Connection& connection, UserId user, const ModerationTold& told);

}  // namespace dontgoback::core::notifications
