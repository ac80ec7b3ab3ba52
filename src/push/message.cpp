#include "dontgoback/push/message.hpp"

#include <boost/describe.hpp>
#include <stdexcept>

#include "dontgoback/jobs/add_due.hpp"
#include "dontgoback/jobs/outbox.hpp"
#include "dontgoback/json/reader.hpp"
#include "dontgoback/json/writer.hpp"

namespace dontgoback::push {
namespace {

/// What lies in the outbox.
struct Row {
  std::int64_t subscription = 0;
  std::string title;
  std::string body;
  std::string tag;
  std::string path;
  bool low = false;
  std::int64_t until = 0;  // milliseconds since 1970
};
BOOST_DESCRIBE_STRUCT(Row, (), (subscription, title, body, tag, path, low, until))

constexpr std::size_t kMaxTitle = 100;
constexpr std::size_t kMaxBody = 500;
constexpr std::size_t kMaxTag = 64;

bool fits(const Message& message) {
  return message.title.size() <= kMaxTitle && message.body.size() <= kMaxBody && message.tag.size() <= kMaxTag &&
         message.path.size() <= kMaxBody && message.path.starts_with('/');
}

}  // namespace

void send(storage::Connection& connection, const Message& message, time::Timestamp now) {
  if (!fits(message)) throw std::invalid_argument("a push has a part that is too long, or no path");
  std::string payload;
  json::Writer writer(payload);
  writer.begin_object();
  writer.field("subscription", message.subscription);
  writer.field("title", message.title);
  writer.field("body", message.body);
  writer.field("tag", message.tag);
  writer.field("path", message.path);
  writer.field("low", message.urgency == Urgency::low);
  writer.field("until", message.until.time_since_epoch().count());
  writer.end_object();
  const auto subject = std::to_string(message.subscription);
  jobs::forget_waiting(connection, kTopic, subject, kMostWaiting);
  jobs::add_due(connection, kTopic, payload, subject, now);
}

std::optional<Message> read(std::string_view payload) {
  auto row = json::read<Row>(payload);
  if (!row) return std::nullopt;
  Message message{.subscription = row->subscription,
                  .title = std::move(row->title),
                  .body = std::move(row->body),
                  .tag = std::move(row->tag),
                  .path = std::move(row->path),
                  .urgency = row->low ? Urgency::low : Urgency::normal,
                  .until = time::Timestamp(std::chrono::milliseconds(row->until))};
  if (!fits(message)) return std::nullopt;
  return message;
}

}  // namespace dontgoback::push
