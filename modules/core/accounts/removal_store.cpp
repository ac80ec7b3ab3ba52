#include "accounts.hpp"

namespace dontgoback::core::accounts {
namespace {

/// The statements for likes of one kind of thing.
struct LikesOf {
  std::string_view liked, move, count_down;
};

constexpr LikesOf kPosts{"SELECT post_id FROM post_likes WHERE user_id = :user_id",
                         "UPDATE post_likes SET user_id = :to WHERE post_id = :id AND user_id = :from",
                         "UPDATE posts SET like_count = like_count - 1 WHERE id = :id"};
constexpr LikesOf kComments{"SELECT comment_id FROM comment_likes WHERE user_id = :user_id",
                            "UPDATE comment_likes SET user_id = :to WHERE comment_id = :id AND user_id = :from",
                            "UPDATE comments SET like_count = like_count - 1 WHERE id = :id"};

std::vector<std::int64_t> liked_by(storage::Connection& connection, const LikesOf& likes, UserId user) {
  std::vector<std::int64_t> ids;
  connection.each(likes.liked, storage::args(user), [&ids](std::int64_t id) { ids.push_back(id); });
  return ids;
}

// Row by row: MariaDB 10.11 would walk the whole table for an UPDATE … WHERE id IN (SELECT …).
void uncount_likes(storage::Connection& connection, const LikesOf& likes, UserId user) {
  for (const auto id : liked_by(connection, likes, user)) connection.execute(likes.count_down, id);
}

void hand_over_likes(storage::Connection& connection, const LikesOf& likes, UserId from, UserId to) {
  for (const auto id : liked_by(connection, likes, from)) {
    try {
      connection.execute(likes.move, to, id, from);
    } catch (const storage::DuplicateKey&) {  // both like it: one of the two goes away
      connection.execute(likes.count_down, id);
    }
  }
}

/// Removes the user's comments and the replies to them, as the feed does when a comment is deleted, and takes what was
/// not deleted yet out of the counts of the posts and comments they stand under.
void remove_comments(storage::Connection& connection, UserId user) {
  struct Comment {
    std::int64_t id, post;
    std::optional<std::int64_t> parent;
    bool counted;
  };
  // Newest first: a reply goes before what it replies to.
  std::vector<Comment> comments;
  connection.each(
      "SELECT id, post_id, parent_id, deleted_at IS NULL FROM comments WHERE user_id = :user_id ORDER BY id DESC",
      storage::args(user),
      [&comments](std::int64_t id, std::int64_t post, std::optional<std::int64_t> parent, bool counted) {
        comments.push_back({id, post, parent, counted});
      });
  for (const auto& comment : comments) {
    if (comment.counted) {
      connection.execute(
          "UPDATE posts SET comment_count = comment_count - 1 - (SELECT reply_count FROM comments WHERE id = :id) "
          "WHERE id = :post_id",
          comment.id, comment.post);
      if (comment.parent) {
        connection.execute("UPDATE comments SET reply_count = reply_count - 1 WHERE id = :id", *comment.parent);
      }
    }
    connection.execute("DELETE FROM comments WHERE id = :id", comment.id);
  }
}

void delete_account(storage::Connection& connection, UserId id) {
  connection.execute("DELETE FROM accounts WHERE id = :id", id);
}

}  // namespace

void remove_account(storage::Connection& connection, UserId id) {
  // Its posts first, with all that is below them: what is left afterwards is with others.
  connection.execute("DELETE FROM posts WHERE user_id = :user_id", id);
  uncount_likes(connection, kPosts, id);
  uncount_likes(connection, kComments, id);
  remove_comments(connection, id);
  delete_account(connection, id);
}

void hand_over(storage::Connection& connection, UserId from, UserId to) {
  connection.execute("UPDATE posts SET user_id = :to WHERE user_id = :from", to, from);
  connection.execute("UPDATE comments SET user_id = :to WHERE user_id = :from", to, from);
  hand_over_likes(connection, kPosts, from, to);
  hand_over_likes(connection, kComments, from, to);
  delete_account(connection, from);
}

}  // namespace dontgoback::core::accounts
