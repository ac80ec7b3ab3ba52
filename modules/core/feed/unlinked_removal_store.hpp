#pragma once

#include <optional>
#include <vector>

#include "dontgoback/storage/connection.hpp"
#include "model.hpp"

// SQL of the moments in unlinked_posts and unlinked_comments.
namespace dontgoback::core::feed {

inline constexpr int kScheduledAtOnce = 500;
/// Up to kScheduledAtOnce that an account wrote unlinked, with ids above `after`, in order: those without a moment.
std::vector<PostId> without_moment(storage::Connection& connection, UserId user, PostId after);
std::vector<CommentId> without_moment(storage::Connection& connection, UserId user, CommentId after);
/// The same with one.
std::vector<PostId> with_moment(storage::Connection& connection, UserId user, PostId after);
std::vector<CommentId> with_moment(storage::Connection& connection, UserId user, CommentId after);

void set_moment(storage::Connection& connection, PostId id, std::optional<time::Timestamp> moment);
void set_moment(storage::Connection& connection, CommentId id, std::optional<time::Timestamp> moment);

/// What is due first; or what has a moment after `latest`, which nothing can have but by a wrong clock.
struct Due {
  std::optional<PostId> post;
  std::optional<CommentId> comment;  ///< one of the two
  time::Timestamp moment;
};
std::optional<Due> next_due(storage::Connection& connection, time::Timestamp now, time::Timestamp latest);

/// Removes the row of what is deleted already, with all below it.
void erase(storage::Connection& connection, PostId id);
void erase(storage::Connection& connection, CommentId id);

}  // namespace dontgoback::core::feed
