#include "pushing.hpp"

#include "push_subscriptions/push_subscriptions.hpp"
#include "words.hpp"

namespace dontgoback::core::notifications {

void push(storage::Connection& connection, const Target& target, time::Timestamp now) {
  const auto thing = std::string(accounts::to_string(target.kind)) + "-" +
                     std::to_string(target.comment ? target.comment->value : target.post.value);
  // Likes may wait until a device is woken by something else.
  const bool is_like = target.kind == Kind::feed_like || target.kind == Kind::comment_like;
  push_subscriptions::tell(
      connection, target.to,
      {thing, pushed_text(target.kind), is_like ? push::Urgency::low : push::Urgency::normal, now});
}

void push_said(storage::Connection& connection, UserId to, Kind kind, std::int64_t which, time::Timestamp now) {
  const auto thing = std::string(accounts::to_string(kind)) + "-" + std::to_string(which);
  push_subscriptions::tell(connection, to, {thing, pushed_text(kind), push::Urgency::normal, now});
}

}  // namespace dontgoback::core::notifications
