#include "revisions.hpp"

#include "comment_store.hpp"
#include "comments.hpp"
#include "post_store.hpp"
#include "posts.hpp"

namespace dontgoback::core::feed {

Result<std::vector<Revision>> own_revisions(storage::Connection& connection, PostId id, UserId reader) {
  std::optional<UserId> owner;
  if (!read_post(connection, id, reader, [&owner](const Post& post) { owner = post.owner; })) return kNoPost;
  if (owner != reader) return kNotAuthor;
  return revisions_of(connection, id);
}

Result<std::vector<Revision>> own_revisions(storage::Connection& connection, CommentId id, UserId reader) {
  const auto comment = find_comment(connection, id, reader);
  if (!comment || !comment->visible_to(reader)) return kNoComment;
  if (comment->owner != reader) return kNotAuthor;
  return revisions_of(connection, id);
}

}  // namespace dontgoback::core::feed
