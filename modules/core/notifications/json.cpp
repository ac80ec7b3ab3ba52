#include "json.hpp"

#include "words.hpp"

namespace dontgoback::core::notifications {

void write(json::Writer& writer, const Notification& notification, http::Language language) {
  writer.begin_object();
  writer.field("notificationId", notification.number);
  writer.field("kind", to_string(notification.kind));
  writer.field("text", text_of(notification, language));
  if (notification.post) writer.field("feedId", *notification.post);
  if (notification.comment) writer.field("commentId", *notification.comment);
  writer.field("count", notification.people);
  writer.field("read", notification.read);
  writer.field("createdAt", notification.created_at);
  writer.end_object();
}

}  // namespace dontgoback::core::notifications
