#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "accounts/accounts.hpp"
#include "relations/relations.hpp"

// What a reader may see: the one place that says it, for lists (SQL) and for what was read of one post or comment.
// A post is visible while it is neither deleted nor withheld (withholding.hpp) and what its author wrote is shown; a
// comment the same, and while its post is.
//
// Lists walk rows by `shown`, so that what is not visible costs a page nothing: NULL of what is deleted, below 0 of
// what is withheld (which bits, negative), 0 while its author is hidden, 1 of the rest. It is generated from `hidden`:
// 0, 1 while the author is hidden, or 1 + the bits. That follows the author's account (author_marks.hpp), so lists ask
// the account, too.
//
// What a reader has turned away from is left out of its lists row by row (reader.hpp); of a blocked pair, neither finds
// a single thing of the other.
namespace dontgoback::core::feed {

/// Of a post or comment `row` and its author's account `a`, looked up alone; a comment's post must be visible besides.
inline std::string visible(std::string_view row, std::string_view a) {
  return std::string(row) + ".shown >= 0 AND " + accounts::visible_account(a);
}

/// The same, for `viewer`, who also sees what is withheld of its own: what `owner` says is its (fragments.hpp).
inline std::string visible_to(std::string_view viewer, std::string_view row, std::string_view a,
                              std::string_view owner) {
  return "(" + std::string(row) + ".shown >= 0 OR (" + std::string(row) + ".shown < 0 AND " + std::string(viewer) +
         " = " + std::string(owner) + ")) AND " + accounts::visible_account(a);
}

/// The same of the rows of a list.
inline std::string listed(std::string_view row, std::string_view a) {
  return std::string(row) + ".shown = 1 AND " + accounts::visible_account(a);
}

/// The bits for which a row is withheld whose column `hidden` is this.
constexpr int withheld(int hidden) { return hidden > 1 ? hidden - 1 : 0; }

struct PostVisibility {
  UserId user;                  ///< its author, as whose it is shown
  std::optional<UserId> owner;  ///< whose it is; nothing when they are gone
  bool author_visible = false;
  bool deleted = false;
  int withheld = 0;  ///< bits; 0: it is not

  bool apart = false;  ///< its author and who asks block each other

  constexpr bool visible() const { return author_visible && !deleted && withheld == 0 && !apart; }
  constexpr bool visible_to(UserId viewer) const {
    return author_visible && !deleted && (withheld == 0 || owner == viewer) && !apart;
  }
};

struct CommentVisibility {
  UserId user;
  std::optional<UserId> owner;
  bool author_visible = false;
  bool post_visible = false;
  bool deleted = false;
  int withheld = 0;
  bool apart = false;

  /// Below a post that is visible to its viewer.
  constexpr bool shown() const { return author_visible && !deleted && withheld == 0 && !apart; }
  /// There, or deleted where it would be.
  constexpr bool reachable() const { return author_visible && post_visible; }
  constexpr bool visible() const { return post_visible && shown(); }
  constexpr bool visible_to(UserId viewer) const {
    return reachable() && !deleted && (withheld == 0 || owner == viewer) && !apart;
  }
};

}  // namespace dontgoback::core::feed
