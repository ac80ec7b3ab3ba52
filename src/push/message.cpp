#include "dontgoback/push/message.hpp"

#include <algorithm>
#include <boost/describe.hpp>
#include <stdexcept>

#include "dontgoback/jobs/add_due.hpp"
#include "dontgoback/jobs/outbox.hpp"
#include "dontgoback/json/reader.hpp"
#include "dontgoback/json/writer.hpp"
#include "dontgoback/text/ascii.hpp"

namespace dontgoback::push {
namespace {

struct Datum {
  std::string name;
  std::string value;
};
BOOST_DESCRIBE_STRUCT(Datum, (), (name, value))

/// What lies in the outbox.
struct Row {
  std::int64_t subscription = 0;
  std::string title;
  std::string body;
  std::string tag;
  std::string path;
  bool low = false;
  std::int64_t until = 0;  // milliseconds since 1970
  std::optional<std::vector<Datum>> data;
};
BOOST_DESCRIBE_STRUCT(Row, (), (subscription, title, body, tag, path, low, until, data))

constexpr std::size_t kMaxTitle = 100;
constexpr std::size_t kMaxBody = 500;
constexpr std::size_t kMaxTag = 64;
constexpr std::size_t kMostData = 8;

/// "Message" in the reference of FCM: what `data` may not be named.
bool is_kept_by_fcm(std::string_view name) {
  return name == "from" || name == "message_type" || name.starts_with("google") || name.starts_with("gcm");
}

bool is_name(std::string_view text) {
  return !text.empty() && text.size() <= kMaxTag &&
         std::ranges::all_of(text, [](char c) { return text::is_letter(c) || text::is_digit(c) || c == '_'; });
}

bool fits_data(const Message& message) {
  return message.data.size() <= kMostData && std::ranges::all_of(message.data, [](const auto& each) {
           return is_name(each.first) && !is_kept_by_fcm(each.first) && each.second.size() <= kMaxBody;
         });
}

bool fits(const Message& message) {
  return fits_data(message) && message.title.size() <= kMaxTitle && message.body.size() <= kMaxBody &&
         message.tag.size() <= kMaxTag && message.path.size() <= kMaxBody && message.path.starts_with('/');
}

}  // namespace

std::string topic_of(std::string_view topic, Channel channel) {
  return std::string(topic) + (channel == Channel::fcm ? "-fcm" : "");
}

void send(storage::Connection& connection, const Message& message, time::Timestamp now) {
  if (!fits(message)) throw std::invalid_argument("a push has a part that is too long, or no path");
  std::string payload;
  json::Writer writer(payload);
  writer.begin_object();
  writer.field("subscription", message.device.id);
  writer.field("title", message.title);
  writer.field("body", message.body);
  writer.field("tag", message.tag);
  writer.field("path", message.path);
  writer.field("low", message.urgency == Urgency::low);
  writer.field("until", message.until.time_since_epoch().count());
  if (!message.data.empty()) {
    writer.key("data");
    writer.begin_array();
    for (const auto& [name, value] : message.data) {
      writer.begin_object();
      writer.field("name", name);
      writer.field("value", value);
      writer.end_object();
    }
    writer.end_array();
  }
  writer.end_object();
  const auto topic = topic_of(message.device.topic, message.device.channel);
  const auto subject = std::to_string(message.device.id);
  jobs::forget_waiting(connection, topic, subject, kMostWaiting);
  jobs::add_due(connection, topic, payload, subject, now);
}

std::optional<Message> read(std::string_view payload) {
  auto row = json::read<Row>(payload);
  if (!row) return std::nullopt;
  Message message{.device = {.id = row->subscription},
                  .title = std::move(row->title),
                  .body = std::move(row->body),
                  .tag = std::move(row->tag),
                  .path = std::move(row->path),
                  .urgency = row->low ? Urgency::low : Urgency::normal,
                  .until = time::Timestamp(std::chrono::milliseconds(row->until))};
  for (auto& each : row->data.value_or(std::vector<Datum>())) {
    message.data.emplace_back(std::move(each.name), std::move(each.value));
  }
  if (!fits(message)) return std::nullopt;
  return message;
}

}  // namespace dontgoback::push
