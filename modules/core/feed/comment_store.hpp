#pragma once

#include <functional>
#include <optional>
#include <string>

#include "dontgoback/storage/connection.hpp"
#include "model.hpp"
#include "reader.hpp"
#include "visibility.hpp"

// SQL of the comments table.
namespace dontgoback::core::feed {

using EachComment = std::function<void(const Comment&)>;

/// What the viewer said, the newest first: also what others do not see, or see no more.
Unfinished each_own_comment(storage::Connection& connection, const Page& page, const EachComment& row);
/// A comment of a visible post, if it is visible to the viewer.
void read_comment(storage::Connection& connection, CommentId id, UserId viewer, const EachComment& row);

struct CommentState : CommentVisibility {
  PostId post;
  std::optional<CommentId> parent;
  std::int64_t likes = 0;
  time::Timestamp updated_at;
  std::string content;
};
/// The comment as it is now, nothing when there never was one. `reader` is who asks, if it matters.
std::optional<CommentState> find_comment(storage::Connection& connection, CommentId id, UserId reader = {});
/// The same in a write transaction: nobody else changes the comment until it ends. Hold its post first where both
/// change.
std::optional<CommentState> hold_comment(storage::Connection& connection, CommentId id, UserId reader = {});

/// Where a comment stands: below `top`, or on the top level itself; `answered` is the reply that it answers.
struct CommentPosition {
  std::optional<CommentId> top, answered;
};
CommentId insert_comment(storage::Connection& connection, const ShownAuthor& author, std::int64_t face,
                         const NewComment& comment, const CommentPosition& position, time::Timestamp now);
void update_comment(storage::Connection& connection, CommentId id, std::string_view content, time::Timestamp now);
void delete_comment(storage::Connection& connection, CommentId id, time::Timestamp now);
/// How many replies it deleted that were shown, or would be but for their author.
std::int64_t delete_replies(storage::Connection& connection, PostId post, CommentId parent, time::Timestamp now);
void add_to_reply_count(storage::Connection& connection, CommentId id, std::int64_t more);

}  // namespace dontgoback::core::feed
