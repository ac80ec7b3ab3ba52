#pragma once

#include <functional>
#include <optional>
#include <string>

#include "accounts/accounts.hpp"
#include "dontgoback/storage/connection.hpp"
#include "model.hpp"

// SQL of the comments table. A comment is visible while it is not deleted, its author is ACTIVE and its post is
// visible.
namespace dontgoback::core::feed {

using EachComment = std::function<void(const Comment&)>;

/// The visible top-level comments of a visible post.
void each_comment(storage::Connection& connection, PostId post, const Page& page, const EachComment& row);
/// The visible replies to a visible comment of that post.
void each_reply(storage::Connection& connection, PostId post, CommentId parent, const Page& page,
                const EachComment& row);
/// A comment of a visible post, if it is visible.
void read_comment(storage::Connection& connection, CommentId id, UserId viewer, const EachComment& row);

struct CommentState {
  UserId user;
  PostId post;
  std::optional<CommentId> parent;
  bool author_active = false;
  bool post_visible = false;
  bool deleted = false;
  std::int64_t likes = 0;
  time::Timestamp updated_at;
  std::string content;

  bool visible() const { return author_active && post_visible && !deleted; }
};
/// The comment as it is now, nothing when there never was one.
std::optional<CommentState> find_comment(storage::Connection& connection, CommentId id);
/// The same in a write transaction: nobody else changes the comment until it ends. Hold its post first where both
/// change.
std::optional<CommentState> hold_comment(storage::Connection& connection, CommentId id);

struct NewComment {
  PostId post;
  std::optional<CommentId> parent;
  std::string_view content;
};
CommentId insert_comment(storage::Connection& connection, const accounts::Account& author, const NewComment& comment,
                         time::Timestamp now);
void update_comment(storage::Connection& connection, CommentId id, std::string_view content, time::Timestamp now);
void delete_comment(storage::Connection& connection, CommentId id, time::Timestamp now);
/// How many live replies it deleted.
std::int64_t delete_replies(storage::Connection& connection, CommentId parent, time::Timestamp now);
void add_to_reply_count(storage::Connection& connection, CommentId id, std::int64_t more);

}  // namespace dontgoback::core::feed
