#pragma once

#include <optional>
#include <vector>

#include "feed/feed.hpp"
#include "query.hpp"

namespace dontgoback::core::search {

/// What one request may cost.
inline constexpr std::int64_t kMostScanned = 5000;  ///< ids whose texts are read since they are not in the index
inline constexpr int kMostCandidates = 5000;        ///< posts of the index whose texts are read
inline constexpr std::int64_t kMostChunks = 1024;   ///< chunks whose rows are read

struct Found {
  std::vector<feed::PostId> posts;  ///< the newest first
  /// Where it goes on: what is not below has been looked at. Nothing: that was all. There may be more though `posts`
  /// has none.
  std::optional<feed::PostId> next;
};

/// At most `size` posts with ids below `before` that `reader` finds in its lists, too: neither what it may not see nor
/// what it does not want to. But its words do not count that are looked for, since what is found has them. Reads only.
Found find(storage::Connection& connection, const Query& query, feed::PostId before, std::size_t size,
           feed::Reader reader);

}  // namespace dontgoback::core::search
