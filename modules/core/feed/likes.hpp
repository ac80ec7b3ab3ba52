#pragma once

#include <cstdint>

#include "dontgoback/result.hpp"
#include "dontgoback/storage/connection.hpp"
#include "model.hpp"

// Rules of likes, each in the caller's write transaction. not_found when the post or comment is gone.
namespace dontgoback::core::feed {

struct LikeState {
  bool liked;
  std::int64_t count;
};

enum class LikeChange { add, remove, toggle };

Result<LikeState> change_like(storage::Connection& connection, PostId post, UserId user, LikeChange change);
Result<LikeState> change_like(storage::Connection& connection, CommentId comment, UserId user, LikeChange change);

}  // namespace dontgoback::core::feed
