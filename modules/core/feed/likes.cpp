#include "likes.hpp"

#include "comment_store.hpp"
#include "comments.hpp"
#include "like_store.hpp"
#include "post_store.hpp"
#include "posts.hpp"

namespace dontgoback::core::feed {
namespace {

template <class ThingId>
LikeState apply(storage::Connection& connection, ThingId thing, UserId user, LikeChange change, std::int64_t count) {
  if (change != LikeChange::add) {
    const auto removed = remove_like(connection, thing, user);
    if (removed != 0 || change == LikeChange::remove) return {false, count + removed};
  }
  return {true, count + add_like(connection, thing, user)};
}

}  // namespace

Result<LikeState> change_like(storage::Connection& connection, PostId post, UserId user, LikeChange change) {
  const auto state = hold_post(connection, post);
  if (!state || !state->visible()) return kNoPost;
  return apply(connection, post, user, change, state->likes);
}

Result<LikeState> change_like(storage::Connection& connection, CommentId comment, UserId user, LikeChange change) {
  const auto state = hold_comment(connection, comment);
  if (!state || !state->visible()) return kNoComment;
  return apply(connection, comment, user, change, state->likes);
}

}  // namespace dontgoback::core::feed
