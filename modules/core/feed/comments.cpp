#include "comments.hpp"

#include <algorithm>

#include "comment_store.hpp"
#include "faces.hpp"
#include "post_store.hpp"
#include "posts.hpp"
#include "revision_store.hpp"
#include "unlinked_store.hpp"
#include "withholding_store.hpp"

namespace dontgoback::core::feed {
namespace {

constexpr Failure kDeletedAlready{FailureKind::invalid, {"이미 삭제된 댓글입니다.", "The comment is deleted already."}};
constexpr Failure kOtherPost{FailureKind::invalid,
                             {"다른 게시글의 댓글입니다.", "The parent comment belongs to another post."}};

}  // namespace

Result<CommentId> write_comment(storage::Connection& connection, const accounts::Directory& directory,
                                const Listeners& listeners, UserId author, const NewComment& comment,
                                time::Timestamp now, time::Day today) {
  const auto account = hold_writer(connection, directory, author, today);
  if (!account) return kMayNotWrite;
  const auto post = hold_post(connection, comment.post, author);
  if (!post || !post->visible()) return kNoPost;
  std::optional<Listener::Commented::Parent> replied_to;
  // Two levels: an answer to a reply stands beside it, and says whom it answers.
  auto top = comment.parent;
  std::optional<CommentId> answered;
  if (comment.parent) {
    const auto parent = hold_comment(connection, *comment.parent, author);
    if (!parent || !parent->visible()) return kNoComment;
    if (parent->post != comment.post) return kOtherPost;
    if (parent->parent) {
      answered = comment.parent;
      top = parent->parent;
    }
    replied_to = {*comment.parent, parent->user, parent->owner};
  }
  const auto face = take_face(connection, comment.post, *post, *account, comment.unlinked);
  if (!face) return face.failure();
  if (top) add_to_reply_count(connection, *top, 1);
  add_to_comment_count(connection, comment.post, 1);
  const auto shown = shown_author(connection, *account, *face);
  const auto id = insert_comment(connection, shown, face->number, comment, {top, answered}, now);
  if (face->unlinked) link_comment(connection, id, author);
  for (const auto* listener : listeners) {
    listener->commented(connection, {id, comment.post, post->user, post->owner, replied_to, *account, *face, now});
    listener->written(connection, {comment.post, id, shown.user, author, comment.content, {}, now});
  }
  return id;
}

Result<time::Timestamp> edit_comment(storage::Connection& connection, const Listeners& listeners, CommentId id,
                                     UserId editor, std::string_view content, time::Timestamp now) {
  const auto comment = hold_comment(connection, id, editor);
  if (!comment || !comment->visible_to(editor)) return kNoComment;
  if (comment->owner != editor) return kNotAuthor;
  if (comment->content == content) return comment->updated_at;
  const auto edited_at = std::max(now, comment->updated_at + std::chrono::milliseconds(1));
  keep_revision(connection, id, comment->content, comment->updated_at);
  update_comment(connection, id, content, edited_at);
  for (const auto* listener : listeners) {
    listener->written(connection, {comment->post, id, comment->user, editor, content, comment->content, now});
  }
  return edited_at;
}

namespace {

/// The comment and its post are held.
void remove_held(storage::Connection& connection, const Listeners& listeners, CommentId id, const CommentState& comment,
                 time::Timestamp now) {
  delete_comment(connection, id, now);
  if (comment.parent && is_counted_below(comment.withheld)) add_to_reply_count(connection, *comment.parent, -1);
  std::int64_t gone = comment.withheld == 0 ? 1 : 0;
  if (!comment.parent) gone += delete_replies(connection, comment.post, id, now);
  if (gone != 0) add_to_comment_count(connection, comment.post, -gone);
  for (const auto* listener : listeners) listener->removed(connection, {comment.post, id, now});
}

}  // namespace

Result<Done> remove_comment(storage::Connection& connection, const Listeners& listeners, CommentId id, UserId remover,
                            time::Timestamp now) {
  const auto where = find_comment(connection, id);
  if (!where) return kNoComment;
  hold_post(connection, where->post);  // before the comment, as writing does
  const auto comment = hold_comment(connection, id, remover);
  if (!comment) return kNoComment;
  // One's own goes away wherever it is: below what is put away, it would come back with that.
  if (comment->owner != remover) return comment->reachable() ? kNotAuthor : kNoComment;
  if (comment->deleted) return kDeletedAlready;
  remove_held(connection, listeners, id, *comment, now);
  return Done{};
}

bool remove_unlinked(storage::Connection& connection, const Listeners& listeners, CommentId id, time::Timestamp now) {
  const auto where = find_comment(connection, id);
  if (!where) return true;
  hold_post(connection, where->post);
  const auto comment = hold_comment(connection, id);
  if (!comment) return true;
  if (!comment->deleted) remove_held(connection, listeners, id, *comment, now);
  return comment->owner.has_value();
}

}  // namespace dontgoback::core::feed
