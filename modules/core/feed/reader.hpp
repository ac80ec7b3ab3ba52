#pragma once

#include <algorithm>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "accounts/accounts.hpp"
#include "model.hpp"
#include "relations/relations.hpp"

// What one reader does not want in its lists: whom it blocks (or is blocked by) and mutes, posts that it is not
// interested in, and words. Blocks count for single things, too (visibility.hpp).
namespace dontgoback::core::feed {

/// As it was at one version of it.
struct TurnedAway {
  /// More people, or posts, than are kept: the two are empty, and each row is asked for in the database.
  bool is_too_much = false;
  std::vector<UserId> people;  ///< ascending, as the posts
  std::vector<PostId> posts;
  relations::WordFilter words;
};

struct Reader {
  UserId user;
  std::shared_ptr<const TurnedAway> away;  ///< null: nothing

  /// Whether rows of posts are to be asked for one by one whether they are for it; else `skips_post` knows.
  bool asks_each_row() const { return away && away->is_too_much; }
  /// Whether it may turn away from somebody, or somebody from it.
  bool turns_away() const { return away && (away->is_too_much || !away->people.empty()); }
  /// Whether a post that `author` is shown to have written is not for its lists, but for its words.
  bool skips_post(PostId id, UserId author) const {
    return away && (std::ranges::binary_search(away->people, author) || std::ranges::binary_search(away->posts, id));
  }
  /// Whether a text of `owner` is not for it because of its words.
  bool skips(std::optional<UserId> owner, std::string_view content) const {
    return away && owner != user && away->words.hides(content);
  }
};

/// Rows that a page of a list looks at, at most.
inline constexpr int kWalkedAtOnce = 5000;

/// Where a page ended that looked at kWalkedAtOnce rows and is not full: what follows has lower ids.
using Unfinished = std::optional<std::int64_t>;

/// Reads a page of what is for a reader. `read(before, size, row)` calls `row(id, skipped)` for each row, the newest
/// first, which says whether it is to be shown; `skipped` are those that the reader does not want.
template <class Read>
Unfinished walk(const Page& page, const Read& read) {
  int shown = 0;
  int walked = 0;
  auto before = page.before;
  int size = page.size;
  while (walked < kWalkedAtOnce) {
    int seen = 0;
    read(before, size, [&](std::int64_t id, bool skipped) {
      ++seen;
      before = id;
      if (skipped || shown == page.size) return false;
      ++shown;
      return true;
    });
    walked += seen;
    if (shown == page.size || seen < size) return std::nullopt;
    // Twice as many as will be looked at for those that are missing, if it goes on so.
    size = std::min(500, shown == 0 ? 2 * size : 1 + 2 * (page.size - shown) * walked / shown);
  }
  return before;
}

}  // namespace dontgoback::core::feed
