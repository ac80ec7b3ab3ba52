#pragma once

#include <cstdint>

#include "dontgoback/storage/connection.hpp"
#include "model.hpp"

// SQL of the likes. The unique key (thing, user) decides whether a count moves, in the same transaction.
namespace dontgoback::core::feed {

/// How the number of likes changed: 1 or 0.
std::int64_t add_like(storage::Connection& connection, PostId post, UserId user);
std::int64_t add_like(storage::Connection& connection, CommentId comment, UserId user);
/// How the number of likes changed: -1 or 0.
std::int64_t remove_like(storage::Connection& connection, PostId post, UserId user);
std::int64_t remove_like(storage::Connection& connection, CommentId comment, UserId user);

}  // namespace dontgoback::core::feed
