#include "keeping.hpp"

#include "keeping_store.hpp"
#include "post_store.hpp"
#include "withholding.hpp"

namespace dontgoback::core::feed {
namespace {

constexpr Failure kTooMany{FailureKind::invalid,
                           {"5000개까지 저장할 수 있습니다. 저장한 글을 먼저 정리해 주세요.",
                            "5000 posts can be saved; take some off the list first."}};

Result<Done> of_author(storage::Connection& connection, PostId id, UserId author) {
  const auto post = hold_post(connection, id, author);
  if (!post || !post->visible_to(author)) return kNoPost;
  if (post->owner != author) return kNotAuthor;
  return Done{};
}

}  // namespace

Result<Done> archive(storage::Connection& connection, PostId id, UserId author) {
  const auto result = of_author(connection, id, author);
  if (result) withhold(connection, id, Withheld::archived);
  return result;
}

Result<Done> unarchive(storage::Connection& connection, PostId id, UserId author) {
  const auto result = of_author(connection, id, author);
  if (result) release(connection, id, Withheld::archived);
  return result;
}

Result<Done> save(storage::Connection& connection, PostId id, UserId user, time::Timestamp now) {
  accounts::lock_account(connection, user);
  if (!is_post_visible(connection, id, user)) return kNoPost;
  if (is_saved(connection, user, id)) return Done{};
  if (count_saved(connection, user, kMostSaved) >= kMostSaved) return kTooMany;
  add_saved(connection, user, id, now);
  return Done{};
}

Result<Done> hide(storage::Connection& connection, PostId id, UserId user) {
  accounts::lock_account(connection, user);
  if (!is_post_visible(connection, id, user)) return kNoPost;
  add_hidden(connection, user, id);
  drop_surplus_hidden(connection, user, kMostHidden);
  return Done{};
}

Result<Done> unsave(storage::Connection& connection, PostId id, UserId user) {
  if (!drop_saved(connection, user, id) && !is_post_visible(connection, id, user)) return kNoPost;
  return Done{};
}

Result<Done> unhide(storage::Connection& connection, PostId id, UserId user) {
  if (!drop_hidden(connection, user, id) && !is_post_visible(connection, id, user)) return kNoPost;
  return Done{};
}

}  // namespace dontgoback::core::feed
