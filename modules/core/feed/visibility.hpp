#pragma once

#include <string>
#include <string_view>

#include "accounts/accounts.hpp"

// What a reader may see: the one place that says it, for lists (SQL) and for what was read of one post or comment.
// A post is visible while it is not deleted and what its author wrote is shown; a comment the same, and while its post
// is.
//
// Lists walk rows by `shown`, so that what is not visible costs a page nothing: NULL of what is deleted, 0 while its
// author is hidden, 1 of the rest. It follows the author's account (author_marks.hpp), so lists ask the account, too.
namespace dontgoback::core::feed {

/// Of a post or comment `row` and its author's account `a`, looked up alone; a comment's post must be visible besides.
inline std::string visible(std::string_view row, std::string_view a) {
  return std::string(row) + ".deleted_at IS NULL AND " + accounts::visible_account(a);
}

/// The same of the rows of a list.
inline std::string listed(std::string_view row, std::string_view a) {
  return std::string(row) + ".shown = 1 AND " + accounts::visible_account(a);
}

struct PostVisibility {
  bool author_visible = false;
  bool deleted = false;

  constexpr bool visible() const { return author_visible && !deleted; }
};

struct CommentVisibility {
  bool author_visible = false;
  bool post_visible = false;
  bool deleted = false;

  /// There, or deleted where it would be.
  constexpr bool reachable() const { return author_visible && post_visible; }
  constexpr bool visible() const { return reachable() && !deleted; }
};

}  // namespace dontgoback::core::feed
