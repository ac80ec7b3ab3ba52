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

/// The visible comments of a visible post that are for their reader, replies among them: not those to somebody whom the
/// reader has turned away from.
Unfinished each_comment(storage::Connection& connection, PostId post, const Page& page, const Reader& reader,
                        const EachComment& row);
/// The top level of them only.
Unfinished each_thread(storage::Connection& connection, PostId post, const Page& page, const Reader& reader,
                       const EachComment& row);
/// The visible replies to a visible comment of that post.
Unfinished each_reply(storage::Connection& connection, PostId post, CommentId parent, const Page& page,
                      const Reader& reader, const EachComment& row);
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

CommentId insert_comment(storage::Connection& connection, const ShownAuthor& author, std::int64_t face,
                         const NewComment& comment, time::Timestamp now);
void update_comment(storage::Connection& connection, CommentId id, std::string_view content, time::Timestamp now);
void delete_comment(storage::Connection& connection, CommentId id, time::Timestamp now);
/// How many replies it deleted that were shown, or would be but for their author.
std::int64_t delete_replies(storage::Connection& connection, PostId post, CommentId parent, time::Timestamp now);
void add_to_reply_count(storage::Connection& connection, CommentId id, std::int64_t more);

}  // namespace dontgoback::core::feed
