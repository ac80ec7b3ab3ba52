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

/// not_found: nobody sees the post, or `user` does not; invalid: there are kMostSaved.
Result<Done> save(storage::Connection& connection, PostId id, UserId user, time::Timestamp now);
/// Not interested: it leaves the user's lists, but for its author's. not_found as above.
Result<Done> hide(storage::Connection& connection, PostId id, UserId user);
/// Nothing to do when it was not. not_found: it was not, and the user sees no such post.
Result<Done> unsave(storage::Connection& connection, PostId id, UserId user);
Result<Done> unhide(storage::Connection& connection, PostId id, UserId user);

}  // namespace dontgoback::core::feed
