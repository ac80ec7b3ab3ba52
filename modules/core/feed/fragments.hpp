#pragma once

#include <string>
#include <string_view>

#include "visibility.hpp"

// What other parts' SQL asks of posts and comments: they name the tables and the rules by these only. For a
// `storage::Planned`; aliases are each used once in a statement.
namespace dontgoback::core::feed {

/// Whether others see the post whose id is in `id`. It is `p` there, and its author's account `pa`.
inline std::string shows_post(std::string_view id, std::string_view p, std::string_view pa) {
  return "EXISTS (SELECT 1 FROM posts " + std::string(p) + " {PRIMARY} " +
         accounts::planned_join(pa, std::string(p) + ".user_id") + " WHERE " + std::string(p) +
         ".id = " + std::string(id) + " AND " + visible(p, pa) + ")";
}

/// The same of a comment, of whose post it is asked besides.
inline std::string shows_comment(std::string_view id, std::string_view c, std::string_view ca) {
  return "EXISTS (SELECT 1 FROM comments " + std::string(c) + " {PRIMARY} " +
         accounts::planned_join(ca, std::string(c) + ".user_id") + " WHERE " + std::string(c) +
         ".id = " + std::string(id) + " AND " + visible(c, ca) + ")";
}

}  // namespace dontgoback::core::feed
