#pragma once

#include <string>
#include <string_view>

#include "accounts/accounts.hpp"

// What a reader may see: the one place that says it, for lists (SQL) and for what was read of one post or comment.
// A post is visible while it is not deleted and what its author wrote is shown; a comment the same, and while its post
// is.
namespace dontgoback::core::feed {

/// Of a post `p` and its author's account `a`.
inline std::string visible_post(std::string_view p, std::string_view a) {
  return std::string(p) + ".deleted_at IS NULL AND " + accounts::visible_account(a);
}

/// Of a comment `c` and its author's account `a`, below a post that is visible.
inline std::string visible_comment(std::string_view c, std::string_view a) {
  return std::string(c) + ".deleted_at IS NULL AND " + accounts::visible_account(a);
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
