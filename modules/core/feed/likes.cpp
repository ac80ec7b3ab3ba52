#include "likes.hpp"

#include "comment_store.hpp"
#include "comments.hpp"
#include "like_store.hpp"
#include "post_store.hpp"
#include "posts.hpp"

namespace dontgoback::core::feed {
namespace {

/// A like of `thing`, which is held and has `count` of them.
template <class ThingId>
LikeState apply(storage::Connection& connection, ThingId thing, const Liking& liking, const Listener::Liked& liked,
                std::int64_t count) {
  if (liking.change != LikeChange::add) {
    const auto removed = remove_like(connection, thing, liking.user);
    if (removed != 0) {
      for (const auto* listener : liking.listeners) listener->unliked(connection, liked);
    }
    if (removed != 0 || liking.change == LikeChange::remove) return {false, count + removed};
  }
  const auto added = add_like(connection, thing, liking.user);
  if (added != 0) {
    for (const auto* listener : liking.listeners) listener->liked(connection, liked);
  }
  return {true, count + added};
}

}  // namespace

Result<LikeState> change_like(storage::Connection& connection, PostId post, const Liking& liking) {
  const auto by = hold_writer(connection, liking.directory, liking.user, liking.today);
  if (!by) return kMayNotWrite;
  const auto state = hold_post(connection, post, liking.user);
  if (!state || !state->visible()) return kNoPost;
  const auto face = face_in(connection, post, liking.user);
  return apply(connection, post, liking, {post, std::nullopt, state->user, state->owner, *by, face, liking.now},
               state->likes);
}

Result<LikeState> change_like(storage::Connection& connection, CommentId comment, const Liking& liking) {
  const auto by = hold_writer(connection, liking.directory, liking.user, liking.today);
  if (!by) return kMayNotWrite;
  const auto state = hold_comment(connection, comment, liking.user);
  if (!state || !state->visible()) return kNoComment;
  const auto face = face_in(connection, state->post, liking.user);
  return apply(connection, comment, liking, {state->post, comment, state->user, state->owner, *by, face, liking.now},
               state->likes);
}

}  // namespace dontgoback::core::feed
