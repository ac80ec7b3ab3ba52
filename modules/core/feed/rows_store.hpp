#pragma once

#include <string>
#include <string_view>

#include "accounts/accounts.hpp"
#include "fragments.hpp"
#include "model.hpp"

// How posts and comments are read, for each of their lists: `p` or `c`, their authors' accounts `a`, and one number
// more.
namespace dontgoback::core::feed {

/// The columns of an Entry of `row`, as :viewer sees it.
inline std::string entry_columns(std::string_view row, std::string_view owner, std::string_view likes) {
  std::string columns;
  for (const auto* column :
       {"user_id", "author", "author_type", "content", "like_count", "created_at", "updated_at", "hidden"}) {
    columns.append(row).append(".").append(column).append(", ");
  }
  // Not EXISTS, which MariaDB may turn around and read all of the viewer's likes for.
  return columns.append(owner)
      .append(", a.role, (SELECT COUNT(*) FROM ")
      .append(likes)
      .append(" AND l.user_id = :viewer)");
}

/// Reads rows that have the columns `Own…`, those of an Entry and one number: `row(entry, own…, more)`.
template <class... Own, class Row>
auto to_entry(Row row) {
  return [row](Own... own, UserId user, std::string_view author, int author_type, std::string_view content,
               std::int64_t likes, time::Timestamp created_at, time::Timestamp updated_at, int hidden,
               std::optional<UserId> owner, int role, bool liked, std::int64_t more) {
    row(Entry{.user = user,
              .owner = owner,
              .content = content,
              .author = author,
              .author_type = static_cast<accounts::AssetType>(author_type),
              .role = static_cast<http::Role>(role),
              .likes = likes,
              .liked = liked,
              .created_at = created_at,
              .updated_at = updated_at,
              .withheld = withheld(hidden)},
        own..., more);
  };
}

/// `SELECT` of posts as :viewer sees them, and `more`.
inline std::string select_posts(std::string_view more) {
  return "SELECT p.id, p.comment_count, " +
         entry_columns("p", owner_of_post("p", "po"), "post_likes l {PRIMARY} WHERE l.post_id = p.id") + ", " +
         std::string(more) + " ";
}

/// How many reasons a reader has not to find the post `row` in its lists, but for its words. In a `storage::Planned`.
inline std::string unwanted_post(std::string_view row, std::string_view reader, std::string_view reader_again) {
  const std::string post(row);
  return "(" + relations::planned_turnings("r", reader, post + ".user_id") +
         " + (SELECT COUNT(*) FROM hidden_posts h {PRIMARY} WHERE h.user_id = " + std::string(reader_again) +
         " AND h.post_id = " + post + ".id))";
}

/// `row(post, more)`.
template <class Row>
auto to_post(const Row& row) {
  return to_entry<PostId, std::int64_t>(
      [&row](const Entry& entry, PostId id, std::int64_t comments, std::int64_t more) {
        row(Post{entry, id, comments}, more);
      });
}

/// `SELECT` of comments as :viewer sees them, and `more`.
inline std::string select_comments(std::string_view more) {
  return "SELECT c.id, c.post_id, c.parent_id, c.answers_id, c.reply_count, c.face, " +
         entry_columns("c", owner_of_comment("c", "co"), "comment_likes l {PRIMARY} WHERE l.comment_id = c.id") + ", " +
         std::string(more) + " ";
}

/// Of the comments by `index`, and `more`.
inline std::string comments_by(std::string_view index, std::string_view more = "0") {
  return select_comments(more) + "FROM comments c {" + std::string(index) + "} " +
         accounts::planned_join("a", "c.user_id") + " WHERE ";
}

/// `row(comment, more)`.
template <class Row>
auto to_comment(const Row& row) {
  return to_entry<CommentId, PostId, std::optional<CommentId>, std::optional<CommentId>, std::int64_t,
                  std::optional<std::int64_t>>([&row](const Entry& entry, CommentId id, PostId post,
                                                      std::optional<CommentId> parent,
                                                      std::optional<CommentId> answered, std::int64_t replies,
                                                      std::optional<std::int64_t> face, std::int64_t more) {
    row(Comment{entry, id, post, parent, answered, replies, face}, more);
  });
}

}  // namespace dontgoback::core::feed
