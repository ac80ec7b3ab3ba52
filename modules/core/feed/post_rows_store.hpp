#pragma once

#include <string>
#include <string_view>

#include "accounts/accounts.hpp"
#include "post_store.hpp"

// How posts are read, for each of their lists: `p`, their authors' accounts `a`, and one number more.
namespace dontgoback::core::feed {

/// `SELECT` of posts as :viewer sees them, and `more`.
inline std::string select_posts(std::string_view more) {
  return "SELECT p.id, p.user_id, p.author, p.author_type, p.content, p.like_count, p.comment_count, p.created_at, "
         "p.updated_at, p.hidden, a.role, "
         // Not EXISTS, which MariaDB may turn around and read all of the viewer's likes for.
         "(SELECT COUNT(*) FROM post_likes l {PRIMARY} WHERE l.post_id = p.id AND l.user_id = :viewer), " +
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
  return [&row](PostId id, UserId user, std::string_view author, int author_type, std::string_view content,
                std::int64_t likes, std::int64_t comments, time::Timestamp created_at, time::Timestamp updated_at,
                int hidden, int role, bool liked, std::int64_t more) {
    row(Post{{.user = user,
              .content = content,
              .author = author,
              .author_type = static_cast<accounts::AssetType>(author_type),
              .role = static_cast<http::Role>(role),
              .likes = likes,
              .liked = liked,
              .created_at = created_at,
              .updated_at = updated_at,
              .withheld = withheld(hidden)},
             id,
             comments},
        more);
  };
}

}  // namespace dontgoback::core::feed
