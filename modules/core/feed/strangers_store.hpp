#pragma once

#include <functional>
#include <span>

#include "comment_store.hpp"
#include "post_store.hpp"

// SQL of what strangers may read: what is visible, of authors who let them (accounts::is_open_to_strangers). All else
// is to them as if it did not exist.
namespace dontgoback::core::feed {

/// The post if strangers may read it; false when they may not. One row is looked up in either case.
bool read_post_for_strangers(storage::Connection& connection, PostId id, const EachPost& row);
/// Those of some posts that they may read, in any order. At most kPostsAtOnce.
void each_post_for_strangers(storage::Connection& connection, std::span<const PostId> ids, const EachPost& row);

/// Comments that are looked at for them, below one post.
inline constexpr int kCommentsForStrangers = 100;
/// The first comments of the top level below a post that they may read, the oldest first, `size` at most of the first
/// kCommentsForStrangers.
void each_comment_for_strangers(storage::Connection& connection, PostId post, int size, const EachComment& row);

}  // namespace dontgoback::core::feed
