#pragma once

#include "post_store.hpp"

// SQL of an account's own lists of posts, which nobody else reads: each a page for `page.viewer`.
namespace dontgoback::core::feed {

/// What it saved and still sees, the last saved first; `page.before` and `Post::saved` count savings.
void each_saved_post(storage::Connection& connection, const Page& page, const EachPost& row);
/// What it likes and still sees, the newest posts first.
Unfinished each_liked_post(storage::Connection& connection, const Page& page, const EachPost& row);
/// What it has put away, the newest first.
void each_archived_post(storage::Connection& connection, const Page& page, const EachPost& row);

}  // namespace dontgoback::core::feed
