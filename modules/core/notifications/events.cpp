#include "events.hpp"

#include "json.hpp"

namespace dontgoback::core::notifications {
namespace {

/// JSON has no line breaks, so it is one line of data.
template <class Write>
std::string event(std::string_view name, Write&& write_data) {
  std::string text = "event: ";
  text.append(name).append("\ndata: ");
  json::Writer writer(text);
  write_data(writer);
  return text.append("\n\n");
}

}  // namespace

std::string event_of(const Notification& notification, http::Language language) {
  return "id: " + std::to_string(notification.number) + "\n" +
         event("notification", [&](json::Writer& writer) { write(writer, notification, language); });
}

std::string unread_event(std::int64_t count) {
  return event("unread", [&](json::Writer& writer) {
    writer.begin_object();
    writer.field("unreadCount", count);
    writer.end_object();
  });
}

std::string feed_event(feed::PostId newest) {
  return event("feed", [&](json::Writer& writer) {
    writer.begin_object();
    writer.field("newestFeedId", newest);
    writer.end_object();
  });
}

std::string retry_line(std::chrono::milliseconds wait) { return "retry: " + std::to_string(wait.count()) + "\n\n"; }

}  // namespace dontgoback::core::notifications
