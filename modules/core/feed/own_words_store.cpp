#include "dontgoback/storage/planned.hpp"
#include "own_words.hpp"
#include "revision_store.hpp"

namespace dontgoback::core::feed {
namespace {

using storage::args;
using storage::Connection;
using storage::Planned;

// By the indexes of all rows, not of those that are shown: what is hidden or deleted is its author's, too.
const Planned kPosts("feed/own-posts",
                     "SELECT id, content, author, author_type, like_count, comment_count, created_at, updated_at, "
                     "deleted_at FROM posts {posts_by_user} WHERE user_id = :user_id AND id > :after ORDER BY id "
                     "LIMIT :limit");
const Planned kComments("feed/own-comments",
                        "SELECT id, post_id, parent_id, content, author, author_type, like_count, reply_count, "
                        "created_at, updated_at, deleted_at FROM comments {comments_by_user} WHERE user_id = :user_id "
                        "AND id > :after ORDER BY id LIMIT :limit");
const Planned kLikedPosts("feed/own-liked-posts",
                          "SELECT post_id FROM post_likes {post_likes_by_user} WHERE user_id = :user_id AND post_id > "
                          ":after ORDER BY post_id LIMIT :limit");
const Planned kHiddenPosts("feed/own-hidden-posts",
                           "SELECT post_id FROM hidden_posts {PRIMARY} WHERE user_id = :user_id AND post_id > :after "
                           "ORDER BY post_id LIMIT :limit");
const Planned kSavedPosts("feed/own-saved-posts",
                          "SELECT post_id FROM saved_posts {PRIMARY} WHERE user_id = :user_id AND post_id > :after "
                          "ORDER BY post_id LIMIT :limit");
const Planned kLikedComments("feed/own-liked-comments",
                             "SELECT comment_id FROM comment_likes {comment_likes_by_user} WHERE user_id = :user_id "
                             "AND comment_id > :after ORDER BY comment_id LIMIT :limit");

template <class Id>
std::vector<Id> ids(Connection& connection, const Planned& statement, UserId user, Id after, int limit) {
  std::vector<Id> found;
  connection.each(statement.on(connection), args(user, after, limit), [&found](Id id) { found.push_back(id); });
  return found;
}

}  // namespace

std::vector<OwnPost> own_posts(Connection& connection, UserId user, PostId after, int limit) {
  std::vector<OwnPost> found;
  connection.each(
      kPosts.on(connection), args(user, after, limit),
      [&found](PostId id, std::string content, std::string author, int type, std::int64_t likes, std::int64_t comments,
               time::Timestamp created_at, time::Timestamp updated_at, std::optional<time::Timestamp> deleted_at) {
        found.push_back({{std::move(content), std::move(author), static_cast<accounts::AssetType>(type), likes,
                          created_at, updated_at, deleted_at},
                         id,
                         comments});
      });
  return with_revisions(connection, std::move(found));
}

std::vector<OwnComment> own_comments(Connection& connection, UserId user, CommentId after, int limit) {
  std::vector<OwnComment> found;
  connection.each(
      kComments.on(connection), args(user, after, limit),
      [&found](CommentId id, PostId post, std::optional<CommentId> parent, std::string content, std::string author,
               int type, std::int64_t likes, std::int64_t replies, time::Timestamp created_at,
               time::Timestamp updated_at, std::optional<time::Timestamp> deleted_at) {
        found.push_back({{std::move(content), std::move(author), static_cast<accounts::AssetType>(type), likes,
                          created_at, updated_at, deleted_at},
                         id,
                         post,
                         parent,
                         replies});
      });
  return with_revisions(connection, std::move(found));
}

std::vector<PostId> liked_posts(Connection& connection, UserId user, PostId after, int limit) {
  return ids(connection, kLikedPosts, user, after, limit);
}

std::vector<PostId> hidden_posts(Connection& connection, UserId user, PostId after, int limit) {
  return ids(connection, kHiddenPosts, user, after, limit);
}

std::vector<PostId> saved_posts(Connection& connection, UserId user, PostId after, int limit) {
  return ids(connection, kSavedPosts, user, after, limit);
}

std::vector<CommentId> liked_comments(Connection& connection, UserId user, CommentId after, int limit) {
  return ids(connection, kLikedComments, user, after, limit);
}

}  // namespace dontgoback::core::feed
