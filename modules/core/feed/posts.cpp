#include "posts.hpp"

#include <algorithm>

#include "faces.hpp"
#include "post_store.hpp"
#include "revision_store.hpp"
#include "unlinked_store.hpp"

namespace dontgoback::core::feed {
namespace {

constexpr Failure kDeletedAlready{FailureKind::invalid, {"이미 삭제된 게시글입니다.", "The post is deleted already."}};

}  // namespace

std::optional<accounts::Account> hold_writer(storage::Connection& connection, const accounts::Directory& directory,
                                             UserId user, time::Day today) {
  if (!accounts::hold_account(connection, user)) return std::nullopt;
  auto account = directory.find(connection, user, today);
  if (!account || account->status != accounts::AccountStatus::active) return std::nullopt;
  return account;
}

Result<PostId> write_post(storage::Connection& connection, const accounts::Directory& directory,
                          const Listeners& listeners, UserId author, const NewPost& post, time::Timestamp now,
                          time::Day today) {
  const auto account = hold_writer(connection, directory, author, today);
  if (!account) return kMayNotWrite;
  const auto face = face_of_post(connection, *account, post.unlinked);
  const auto shown = shown_author(connection, *account, face);
  const auto id = insert_post(connection, shown, post.content, now);
  if (face.unlinked) {
    link_post(connection, id, author);
    add_face(connection, id, author, face);
  }
  for (const auto* listener : listeners) {
    listener->written(connection, {id, std::nullopt, shown.user, author, post.content, {}, now});
  }
  connection.notify(kNewPostTopic, {});
  return id;
}

Result<time::Timestamp> edit_post(storage::Connection& connection, const Listeners& listeners, PostId id, UserId editor,
                                  std::string_view content, time::Timestamp now) {
  const auto post = hold_post(connection, id, editor);
  if (!post || !post->visible_to(editor)) return kNoPost;
  if (post->owner != editor) return kNotAuthor;
  if (post->content == content) return post->updated_at;
  const auto edited_at = std::max(now, post->updated_at + std::chrono::milliseconds(1));  // always later than createdAt
  keep_revision(connection, id, post->content, post->updated_at);
  update_post(connection, id, content, edited_at);
  for (const auto* listener : listeners)
    listener->written(connection, {id, std::nullopt, post->user, editor, content, post->content, now});
  return edited_at;
}

namespace {

void remove_held(storage::Connection& connection, const Listeners& listeners, PostId id, time::Timestamp now) {
  delete_post(connection, id, now);
  for (const auto* listener : listeners) listener->removed(connection, {id, std::nullopt, now});
}

}  // namespace

Result<Done> remove_post(storage::Connection& connection, const Listeners& listeners, PostId id, UserId remover,
                         time::Timestamp now) {
  const auto post = hold_post(connection, id);
  if (!post || !post->author_visible) return kNoPost;
  if (post->owner != remover) return kNotAuthor;
  if (post->deleted) return kDeletedAlready;
  remove_held(connection, listeners, id, now);
  return Done{};
}

bool remove_unlinked(storage::Connection& connection, const Listeners& listeners, PostId id, time::Timestamp now) {
  const auto post = hold_post(connection, id);
  if (!post) return true;
  if (!post->deleted) remove_held(connection, listeners, id, now);
  return post->owner.has_value();
}

}  // namespace dontgoback::core::feed
