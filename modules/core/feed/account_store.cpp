#include "account_store.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

#include "dontgoback/storage/planned.hpp"
#include "feed.hpp"

namespace dontgoback::core::feed {
namespace {

using storage::Planned;

/// The statements for likes of one kind of thing.
struct LikesOf {
  const Planned& liked;
  std::string_view move, count_down, drop;
};

const Planned kLikedPosts("feed/liked-posts",
                          "SELECT post_id FROM post_likes {post_likes_by_user} WHERE user_id = :user_id");
const Planned kLikedComments("feed/liked-comments",
                             "SELECT comment_id FROM comment_likes {comment_likes_by_user} WHERE user_id = :user_id");

const LikesOf kPosts{kLikedPosts, "UPDATE post_likes SET user_id = :to WHERE post_id = :id AND user_id = :from",
                     "UPDATE posts SET like_count = like_count - 1 WHERE id = :id",
                     "DELETE FROM post_likes WHERE post_id = :id AND user_id = :user_id"};
const LikesOf kComments{kLikedComments,
                        "UPDATE comment_likes SET user_id = :to WHERE comment_id = :id AND user_id = :from",
                        "UPDATE comments SET like_count = like_count - 1 WHERE id = :id",
                        "DELETE FROM comment_likes WHERE comment_id = :id AND user_id = :user_id"};

// Who takes them over has signed in: what it wrote is shown.
const Planned kHandOverPosts("feed/hand-over-posts",
                             "UPDATE posts {posts_by_user} SET user_id = :to, hidden = CASE WHEN hidden > 1 THEN "
                             "hidden ELSE 0 END WHERE user_id = :from");
const Planned kHandOverComments("feed/hand-over-comments",
                                "UPDATE comments {comments_by_user} SET user_id = :to, hidden = CASE WHEN hidden > 1 "
                                "THEN hidden ELSE 0 END WHERE user_id = :from");

std::vector<std::int64_t> liked_by(storage::Connection& connection, const LikesOf& likes, UserId user) {
  std::vector<std::int64_t> ids;
  connection.each(likes.liked.on(connection), storage::args(user), [&ids](std::int64_t id) { ids.push_back(id); });
  return ids;
}

void hand_over_likes(storage::Connection& connection, const LikesOf& likes, UserId from, UserId to) {
  for (const auto id : liked_by(connection, likes, from)) {
    try {
      connection.execute(likes.move, to, id, from);
    } catch (const storage::DuplicateKey&) {  // both like it: one of the two goes away
      connection.execute(likes.drop, id, from);
      connection.execute(likes.count_down, id);
    }
  }
}

}  // namespace

void hand_over(storage::Connection& connection, UserId from, UserId to) {
  connection.execute(kHandOverPosts.on(connection), to, from);
  connection.execute(kHandOverComments.on(connection), to, from);
  hand_over_likes(connection, kPosts, from, to);
  hand_over_likes(connection, kComments, from, to);
}

namespace {

constexpr std::size_t kAtOnce = 100;

/// `VALUES (:u0), (:u1), …`
std::string authors_statement(std::size_t users) {
  std::string rows;
  for (std::size_t i = 0; i < users; ++i) rows.append(i == 0 ? "(:u" : ", (:u").append(std::to_string(i)).append(")");
  // Not in a WHERE, where MariaDB with old statistics rather reads all posts and comments once.
  return "WITH v (id) AS (VALUES " + rows +
         ") SELECT v.id, EXISTS (SELECT 1 FROM posts p {posts_by_user} WHERE p.user_id = v.id) OR "
         "EXISTS (SELECT 1 FROM comments c {comments_by_user} WHERE c.user_id = v.id) OR "
         "EXISTS (SELECT 1 FROM unlinked_posts up {unlinked_posts_by_user} WHERE up.user_id = v.id) OR "
         "EXISTS (SELECT 1 FROM unlinked_comments uc {unlinked_comments_by_user} WHERE uc.user_id = v.id) FROM v";
}

const Planned kIsAuthor("feed/is-author", authors_statement(1));
const Planned kAuthorsAmong("feed/authors-among", authors_statement(kAtOnce));

}  // namespace

std::vector<UserId> authors_among(storage::Connection& connection, std::span<const UserId> users) {
  constexpr std::array kColumns{storage::ColumnType::integer, storage::ColumnType::integer};
  std::vector<UserId> found;
  while (!users.empty()) {
    const auto asked = users.first(std::min(users.size(), kAtOnce));
    users = users.subspan(asked.size());
    // Padded with nobody's id, so that there are two texts only.
    std::vector<storage::Value> values(asked.size() == 1 ? 1 : kAtOnce, storage::Value(UserId{}));
    std::ranges::copy(asked, values.begin());
    const auto& statement = values.size() == 1 ? kIsAuthor : kAuthorsAmong;
    connection.run(statement.on(connection), values, kColumns, [&found](std::span<const storage::Cell> cells) {
      if (cells[1].integer != 0) found.push_back(UserId{cells[0].integer});
    });
  }
  std::ranges::sort(found);
  return found;
}

}  // namespace dontgoback::core::feed
