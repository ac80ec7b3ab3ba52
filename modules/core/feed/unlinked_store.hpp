#pragma once

#include "unlinked.hpp"

// SQL of unlinked_posts, unlinked_comments and faces.
namespace dontgoback::core::feed {

void link_post(storage::Connection& connection, PostId id, UserId owner);
void link_comment(storage::Connection& connection, CommentId id, UserId owner);

/// The face that somebody has in a thread and that is written down: of who wrote a linked post, from its first comment
/// on.
std::optional<Face> find_face(storage::Connection& connection, PostId post, UserId user);
/// The number of the next one who speaks below a post, which is held.
std::int64_t next_face(storage::Connection& connection, PostId post);
void add_face(storage::Connection& connection, PostId post, UserId user, const Face& face);

/// What `from` wrote unlinked, and its faces, become `to`'s, who keeps its own face in a thread where both have one. To
/// come before what it wrote linked is handed over.
void hand_over_unlinked(storage::Connection& connection, UserId from, UserId to);
/// Cuts up to a transaction's worth of what an account wrote unlinked loose from it, which stays as it is, and of its
/// faces, whose numbers stay taken. What others do not see, since it is deleted or put away, goes. Whether nothing is
/// left.
bool cut_some_loose(storage::Connection& connection, UserId user);

}  // namespace dontgoback::core::feed
