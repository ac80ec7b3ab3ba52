#include "events.hpp"

#include "dontgoback/http/event_text.hpp"
#include "json.hpp"

namespace dontgoback::core::notifications {

std::string event_of(const Notification& notification, http::Language language) {
  return http::event_text(notification.number, "notification",
                          [&](json::Writer& writer) { write(writer, notification, language); });
}

std::string unread_event(std::int64_t count) {
  return http::event_text("unread", [&](json::Writer& writer) {
    writer.begin_object();
    writer.field("unreadCount", count);
    writer.end_object();
  });
}

std::string feed_event(feed::PostId newest) {
  return http::event_text("feed", [&](json::Writer& writer) {
    writer.begin_object();
    writer.field("newestFeedId", newest);
    writer.end_object();
  });
}

}  // namespace dontgoback::core::notifications
