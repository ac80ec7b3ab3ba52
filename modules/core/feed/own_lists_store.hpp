#pragma once

#include "comment_store.hpp"
#include "post_store.hpp"

// SQL of an account's own lists, which nobody else reads: each a page for `page.viewer`.
namespace dontgoback::core::feed {

/// What it saved and still sees, the last saved first; `page.before` and `Post::saved` count savings.
void each_saved_post(storage::Connection& connection, const Page& page, const EachPost& row);
/// What it likes and still sees, the newest posts first.
void each_liked_post(storage::Connection& connection, const Page& page, const EachPost& row);
/// What it has put away, the newest first.
void each_archived_post(storage::Connection& connection, const Page& page, const EachPost& row);
/// What it wrote unlinked and did not delete, the newest first: also what others do not see, with `Entry::remove_at`.
void each_unlinked_post(storage::Connection& connection, const Page& page, const EachPost& row);
void each_unlinked_comment(storage::Connection& connection, const Page& page, const EachComment& row);

}  // namespace dontgoback::core::feed
