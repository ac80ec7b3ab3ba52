#include "removal_store.hpp"

#include <cstdint>
#include <optional>
#include <vector>

#include "accounts/accounts.hpp"
#include "dontgoback/storage/planned.hpp"
#include "revision_store.hpp"
#include "visibility.hpp"
#include "withholding_store.hpp"

namespace dontgoback::core::feed {
namespace {

using storage::Connection;
using storage::Dialect;
using storage::Planned;

struct LikesOf {
  const Planned& liked;
  std::string_view count_down, drop;
};

const Planned kSomeLikedPosts("feed/some-liked-posts",
                              "SELECT post_id FROM post_likes {post_likes_by_user} WHERE user_id = :user_id ORDER BY "
                              "post_id DESC LIMIT :limit");
const Planned kSomeLikedComments("feed/some-liked-comments",
                                 "SELECT comment_id FROM comment_likes {comment_likes_by_user} WHERE user_id = "
                                 ":user_id ORDER BY comment_id DESC LIMIT :limit");

const LikesOf kPosts{kSomeLikedPosts, "UPDATE posts SET like_count = like_count - 1 WHERE id = :id",
                     "DELETE FROM post_likes WHERE post_id = :id AND user_id = :user_id"};
const LikesOf kComments{kSomeLikedComments, "UPDATE comments SET like_count = like_count - 1 WHERE id = :id",
                        "DELETE FROM comment_likes WHERE comment_id = :id AND user_id = :user_id"};

// Newest first: a reply goes before what it replies to, which then may have no answer any more.
const Planned kSomeComments("feed/some-comments-of-author",
                            "SELECT id, post_id FROM comments {comments_by_user} WHERE user_id = :user_id ORDER BY id "
                            "DESC LIMIT :limit");

// A bound first, then a range: MariaDB would walk all for a DELETE … WHERE id IN (SELECT …).
const Planned kPostsBound("feed/remove-posts-bound",
                          "SELECT MIN(id), COUNT(*) FROM (SELECT id FROM posts {posts_by_user} WHERE user_id = "
                          ":user_id ORDER BY id DESC LIMIT :limit) slice");
// The row is held before its count is looked at: who answers holds it, too.
const Planned kRemovePosts("feed/remove-posts",
                           "DELETE FROM posts {posts_by_user} WHERE user_id = :user_id AND id >= :bound AND "
                           "(comment_count = 0 OR deleted_at IS NOT NULL OR shown < 0)");
// Whichever were edited: one that is being edited now is not seen to be.
const Planned kKeptPosts("feed/posts-to-empty",
                         "SELECT id FROM posts {posts_by_user} WHERE user_id = :user_id AND id >= :bound");
const Planned kEmptyPosts("feed/empty-posts",
                          "UPDATE posts {posts_by_user} SET user_id = :departed, author = '', content = '', "
                          "updated_at = created_at, hidden = 0 WHERE user_id = :user_id AND id >= :bound");

bool remove_likes(Connection& connection, const LikesOf& likes, UserId user) {
  std::vector<std::int64_t> ids;
  connection.each(likes.liked.on(connection), storage::args(user, kRemovedAtOnce),
                  [&ids](std::int64_t id) { ids.push_back(id); });
  for (const auto id : ids) {
    connection.execute(likes.count_down, id);
    connection.execute(likes.drop, id, user);
  }
  return ids.size() < kRemovedAtOnce;
}

void hold(Connection& connection, std::int64_t post) {
  if (connection.dialect() == Dialect::sqlite) return;  // which has one writer
  connection.one<std::int64_t>("SELECT id FROM posts WHERE id = :id FOR UPDATE", post);
}

/// A comment, whose post is held.
void remove_comment(Connection& connection, std::int64_t id, std::int64_t post) {
  const auto row = connection.one<std::optional<std::int64_t>, std::int64_t, bool, int>(
      connection.dialect() == Dialect::sqlite
          ? "SELECT parent_id, reply_count, deleted_at IS NULL, hidden FROM comments WHERE id = :id"
          : "SELECT parent_id, reply_count, deleted_at IS NULL, hidden FROM comments WHERE id = :id FOR UPDATE",
      id);
  if (!row) return;  // with its post
  const auto& [parent, replies, is_kept, hidden] = *row;
  const bool is_there = is_kept && withheld(hidden) == 0;
  if (is_there && replies > 0) {
    accounts::ensure_departed(connection);
    connection.execute(
        "UPDATE comments SET user_id = :departed, author = '', content = '', updated_at = created_at, "
        "hidden = 0 WHERE id = :id",
        accounts::kDeparted, id);
    drop_revisions(connection, CommentId{id});
    return;
  }
  if (is_there) {
    connection.execute("UPDATE posts SET comment_count = comment_count - 1 WHERE id = :id", post);
  }
  if (is_kept && parent && is_counted_below(withheld(hidden))) {
    connection.execute("UPDATE comments SET reply_count = reply_count - 1 WHERE id = :id", *parent);
  }
  connection.execute("DELETE FROM comments WHERE id = :id", id);
}

bool remove_comments(Connection& connection, UserId user) {
  struct Comment {
    std::int64_t id, post;
  };
  std::vector<Comment> comments;
  connection.each(kSomeComments.on(connection), storage::args(user, kRemovedAtOnce),
                  [&comments](std::int64_t id, std::int64_t post) {
                    comments.push_back({id, post});
                  });
  for (const auto& comment : comments) {
    hold(connection, comment.post);  // before the comment, as who writes below it does
    remove_comment(connection, comment.id, comment.post);
  }
  return comments.size() < kRemovedAtOnce;
}

/// To come after its comments, which are no answers to its posts.
bool remove_posts(Connection& connection, UserId user) {
  const auto [bound, count] =
      connection.one<std::optional<std::int64_t>, std::int64_t>(kPostsBound.on(connection), user, kRemovedAtOnce)
          .value();
  if (!bound) return true;
  const auto removed = connection.execute(kRemovePosts.on(connection), user, *bound);
  if (removed < count) {
    accounts::ensure_departed(connection);
    std::vector<PostId> kept;
    connection.each(kKeptPosts.on(connection), storage::args(user, *bound), [&kept](PostId id) { kept.push_back(id); });
    for (const auto id : kept) drop_revisions(connection, id);
    connection.execute(kEmptyPosts.on(connection), accounts::kDeparted, user, *bound);
  }
  return count < kRemovedAtOnce;
}

}  // namespace

bool remove_some_of(Connection& connection, UserId user) {
  return remove_comments(connection, user) && remove_posts(connection, user) &&
         remove_likes(connection, kPosts, user) && remove_likes(connection, kComments, user);
}

}  // namespace dontgoback::core::feed
