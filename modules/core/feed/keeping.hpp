#pragma once

#include "dontgoback/result.hpp"
#include "dontgoback/storage/connection.hpp"
#include "model.hpp"
#include "posts.hpp"

// What somebody keeps of posts, or puts away. Each in the caller's write transaction, and may be done twice.
namespace dontgoback::core::feed {

inline constexpr int kMostSaved = 5000;   ///< posts, an account
inline constexpr int kMostHidden = 5000;  ///< posts, an account; past it the oldest posts are forgotten

/// Its author puts a post away, or brings it back. not_found, forbidden (not the author).
Result<Done> archive(storage::Connection& connection, PostId id, UserId author);
Result<Done> unarchive(storage::Connection& connection, PostId id, UserId author);

/// not_found: nobody sees the post, or `user` does not; conflict: there are kMostSaved.
Result<Done> save(storage::Connection& connection, PostId id, UserId user, time::Timestamp now);
/// Not interested: it leaves the user's lists, but for its author's. not_found as above.
Result<Done> hide(storage::Connection& connection, PostId id, UserId user);
/// Nothing to do, and no failure, when it was not: whether there is such a post is not told.
void unsave(storage::Connection& connection, PostId id, UserId user);
void unhide(storage::Connection& connection, PostId id, UserId user);

}  // namespace dontgoback::core::feed
