#include "like_store.hpp"

namespace dontgoback::core::feed {
namespace {

using storage::Connection;

template <class ThingId>
std::int64_t add(Connection& connection, std::string_view insert, std::string_view count, ThingId thing, UserId user) {
  try {
    connection.execute(insert, thing, user);
  } catch (const storage::DuplicateKey&) {
    return 0;
  }
  connection.execute(count, thing);
  return 1;
}

template <class ThingId>
std::int64_t remove(Connection& connection, std::string_view erase, std::string_view count, ThingId thing,
                    UserId user) {
  if (connection.execute(erase, thing, user) == 0) return 0;
  connection.execute(count, thing);
  return -1;
}

}  // namespace

std::int64_t add_like(Connection& connection, PostId post, UserId user) {
  return add(connection, "INSERT INTO post_likes (post_id, user_id) VALUES (:post, :user_id)",
             "UPDATE posts SET like_count = like_count + 1 WHERE id = :post", post, user);
}

std::int64_t add_like(Connection& connection, CommentId comment, UserId user) {
  return add(connection, "INSERT INTO comment_likes (comment_id, user_id) VALUES (:comment, :user_id)",
             "UPDATE comments SET like_count = like_count + 1 WHERE id = :comment", comment, user);
}

std::int64_t remove_like(Connection& connection, PostId post, UserId user) {
  return remove(connection, "DELETE FROM post_likes WHERE post_id = :post AND user_id = :user_id",
                "UPDATE posts SET like_count = like_count - 1 WHERE id = :post", post, user);
}

std::int64_t remove_like(Connection& connection, CommentId comment, UserId user) {
  return remove(connection, "DELETE FROM comment_likes WHERE comment_id = :comment AND user_id = :user_id",
                "UPDATE comments SET like_count = like_count - 1 WHERE id = :comment", comment, user);
}

}  // namespace dontgoback::core::feed
