#pragma once

#include <algorithm>
#include <optional>

#include "accounts/accounts.hpp"
#include "model.hpp"
#include "relations/relations.hpp"

// What one reader does not want in its lists: whom it blocks (or is blocked by) and mutes, posts that it is not
// interested in, and words. Blocks count for single things, too (visibility.hpp).
namespace dontgoback::core::feed {

struct Reader {
  UserId user;
  bool turns_away = false;  ///< from somebody, or somebody from it
  bool hides_posts = false;
  relations::WordFilter words{};

  /// Whether every post is for it, but for its words.
  bool sees_every_post() const { return !turns_away && !hides_posts; }
  /// Whether a text of `owner` is not for it because of its words.
  bool skips(std::optional<UserId> owner, std::string_view content) const {
    return owner != user && words.hides(content);
  }
};

Reader find_reader(storage::Connection& connection, UserId user);

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
