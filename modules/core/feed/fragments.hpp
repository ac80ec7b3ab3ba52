#pragma once

#include <string>
#include <string_view>

#include "visibility.hpp"

// What other parts' SQL asks of posts and comments: they name the tables and the rules by these only. For a
// `storage::Planned`; aliases are each used once in a statement.
namespace dontgoback::core::feed {

/// Whose the post `row` is, for a `storage::Planned`: of what is written unlinked another row knows, which is looked up
/// for such rows only, as `u`.
inline std::string owner_of_post(std::string_view row, std::string_view u) {
  const std::string post(row), link(u);
  return "CASE WHEN " + accounts::is_unlinked(post + ".user_id") + " THEN (SELECT " + link +
         ".user_id FROM unlinked_posts " + link + " {PRIMARY} WHERE " + link + ".post_id = " + post + ".id) ELSE " +
         post + ".user_id END";
}
/// The same of a comment.
inline std::string owner_of_comment(std::string_view row, std::string_view u) {
  const std::string comment(row), link(u);
  return "CASE WHEN " + accounts::is_unlinked(comment + ".user_id") + " THEN (SELECT " + link +
         ".user_id FROM unlinked_comments " + link + " {PRIMARY} WHERE " + link + ".comment_id = " + comment +
         ".id) ELSE " + comment + ".user_id END";
}

/// Whether `viewer` sees the post whose id is in `id`, of those whom it does not block. It is `p` there, its author's
/// account and what they have to do with each other `p` with a letter more.
inline std::string shows_post(std::string_view id, std::string_view viewer, std::string_view p) {
  const std::string post(p);
  return "EXISTS (SELECT 1 FROM posts " + post + " {PRIMARY} " + accounts::planned_join(post + "a", post + ".user_id") +
         " WHERE " + post + ".id = " + std::string(id) + " AND " +
         visible_to(viewer, p, post + "a", owner_of_post(p, post + "v")) + " AND " +
         relations::planned_not_apart(post + "r", viewer, post + ".user_id") + ")";
}

/// The same of a comment, of whose post it is asked besides.
inline std::string shows_comment(std::string_view id, std::string_view viewer, std::string_view c) {
  const std::string comment(c);
  return "EXISTS (SELECT 1 FROM comments " + comment + " {PRIMARY} " +
         accounts::planned_join(comment + "a", comment + ".user_id") + " WHERE " + comment +
         ".id = " + std::string(id) + " AND " +
         visible_to(viewer, c, comment + "a", owner_of_comment(c, comment + "v")) + " AND " +
         relations::planned_not_apart(comment + "r", viewer, comment + ".user_id") + ")";
}

}  // namespace dontgoback::core::feed
