#include "json.hpp"

#include "dontgoback/http/event_text.hpp"
#include "words.hpp"

namespace dontgoback::walk::notices {

void write(json::Writer& writer, const Notice& notice, http::Language language) {
  writer.begin_object();
  writer.field("notificationId", notice.number);
  writer.field("kind", to_string(notice.kind));
  writer.field("text", text_of(notice.kind, notice.nickname, notice.amount, language));
  if (notice.other) {
    writer.field("walkerId", walkers::to_string(*notice.other));
    writer.field("nickname", notice.nickname.empty() ? std::nullopt : std::optional(notice.nickname));
  }
  if (notice.kind == Kind::goal) writer.field("steps", notice.amount);
  writer.field("count", notice.times);
  writer.field("read", notice.read);
  // To the minute: what another face of the same person did has another moment, as far as anybody can see.
  writer.field("createdAt", time::Timestamp(std::chrono::floor<std::chrono::minutes>(notice.created_at)));
  writer.end_object();
}

std::string event_of(const Notice& notice, http::Language language) {
  return http::event_text(notice.number, "notification",
                          [&](json::Writer& writer) { write(writer, notice, language); });
}

std::string unread_event(std::int64_t count) {
  return http::event_text("unread", [&](json::Writer& writer) {
    writer.begin_object();
    writer.field("unreadCount", count);
    writer.end_object();
  });
}

}  // namespace dontgoback::walk::notices
