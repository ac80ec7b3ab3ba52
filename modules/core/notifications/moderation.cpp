#include "moderation.hpp"

#include "pushing.hpp"
#include "store.hpp"

namespace dontgoback::core::notifications {

void tell_of_moderation(storage::Connection& connection, UserId user, const ModerationTold& told) {
  if (user == accounts::kDeparted) return;
  const auto english = told.words_en.empty() ? std::nullopt : std::optional<std::string_view>(told.words_en);
  add_words(connection, user, Kind::moderation, {told.words, english, told.post, told.comment, told.now});
  push(connection, {user, Kind::moderation, told.post.value_or(feed::PostId{0}), told.comment}, told.now);
}

}  // namespace dontgoback::core::notifications
