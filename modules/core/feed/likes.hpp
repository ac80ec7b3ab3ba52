#pragma once

#include <cstdint>

#include "dontgoback/result.hpp"
#include "dontgoback/storage/connection.hpp"
#include "listener.hpp"
#include "model.hpp"

// Rules of likes, each in the caller's write transaction. not_found when the post or comment is gone, forbidden when
// the account is not ACTIVE.
namespace dontgoback::core::feed {

struct LikeState {
  bool liked;
  std::int64_t count;
};

enum class LikeChange { add, remove, toggle };

/// Who likes, when, and who is told of it.
struct Liking {
  const accounts::Directory& directory;
  const Listeners& listeners;
  UserId user;
  LikeChange change;
  time::Timestamp now;
  time::Day today;
};

Result<LikeState> change_like(storage::Connection& connection, PostId post, const Liking& liking);
Result<LikeState> change_like(storage::Connection& connection, CommentId comment, const Liking& liking);

}  // namespace dontgoback::core::feed
