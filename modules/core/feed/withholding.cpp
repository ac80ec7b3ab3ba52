#include "withholding.hpp"

#include "comment_store.hpp"
#include "post_store.hpp"
#include "withholding_store.hpp"

namespace dontgoback::core::feed {
namespace {

bool change_post(storage::Connection& connection, PostId id, int add, int take) {
  const auto post = hold_post(connection, id);
  if (!post || post->deleted) return false;
  const int bits = (post->withheld | add) & ~take;
  if (bits == post->withheld) return false;
  set_withheld(connection, id, bits);
  return true;
}

/// Counts have what is shown: a post's leave out what is below a withheld comment, a comment's own what is withheld
/// itself.
bool change_comment(storage::Connection& connection, CommentId id, int add, int take) {
  const auto where = find_comment(connection, id);
  if (!where) return false;
  hold_post(connection, where->post);
  const auto comment = hold_comment(connection, id);
  if (!comment || comment->deleted) return false;
  const int bits = (comment->withheld | add) & ~take;
  if (bits == comment->withheld) return false;
  set_withheld(connection, id, bits);

  if (comment->parent) {
    const int more = int{is_counted_below(bits)} - int{is_counted_below(comment->withheld)};
    if (more != 0) add_to_reply_count(connection, *comment->parent, more);
  }
  std::int64_t more = int{bits == 0} - int{comment->withheld == 0};
  if (!comment->parent && more < 0) more -= withhold_replies(connection, comment->post, id);
  if (!comment->parent && more > 0) more += release_replies(connection, comment->post, id);
  if (more != 0) add_to_comment_count(connection, comment->post, more);
  return true;
}

}  // namespace

bool withhold(storage::Connection& connection, PostId id, Withheld why) {
  return change_post(connection, id, static_cast<int>(why), 0);
}
bool withhold(storage::Connection& connection, CommentId id, Withheld why) {
  return change_comment(connection, id, static_cast<int>(why), 0);
}
bool release(storage::Connection& connection, PostId id, Withheld why) {
  return change_post(connection, id, 0, static_cast<int>(why));
}
bool release(storage::Connection& connection, CommentId id, Withheld why) {
  return change_comment(connection, id, 0, static_cast<int>(why));
}

}  // namespace dontgoback::core::feed
