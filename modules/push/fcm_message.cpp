#include "fcm_message.hpp"

#include <algorithm>
#include <boost/describe.hpp>

#include "dontgoback/json/reader.hpp"
#include "dontgoback/json/writer.hpp"
#include "service.hpp"

namespace dontgoback::push {
namespace {

using Kind = Answer::Kind;
using std::chrono::seconds;

struct Detail {
  std::optional<std::string> errorCode;
};
BOOST_DESCRIBE_STRUCT(Detail, (), (errorCode))

struct Error {
  std::optional<std::vector<Detail>> details;
};
BOOST_DESCRIBE_STRUCT(Error, (), (details))

struct Body {
  std::optional<Error> error;
};
BOOST_DESCRIBE_STRUCT(Body, (), (error))

constexpr seconds kLongestTtl{12 * 3600};
/// What FCM asks for where a 429 names no pause.
constexpr seconds kPauseOfQuota{60};
constexpr seconds kPauseOfOperator{30};

/// FCM's own word; "" when the answer has none.
std::string error_code(std::string_view body) {
  const auto read = json::read<Body>(body);
  if (!read || !read->error) return "";
  for (const auto& detail : read->error->details.value_or(std::vector<Detail>())) {
    if (detail.errorCode) return *detail.errorCode;
  }
  return "";
}

bool is_word(std::string_view text) {
  return text.size() <= 40 &&
         std::ranges::all_of(text, [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; });
}

void write_android(json::Writer& writer, const Message& message, seconds left) {
  writer.key("android");
  writer.begin_object();
  writer.field("collapse_key", message.tag);
  writer.field("priority", message.urgency == Urgency::low ? "NORMAL" : "HIGH");
  writer.field("ttl", std::to_string(left.count()) + "s");
  writer.key("notification");
  writer.begin_object();
  writer.field("tag", message.tag);
  writer.end_object();
  writer.end_object();
}

/// Header fields of Apple's service, whose values are all text.
void write_apns(json::Writer& writer, const Message& message, time::Timestamp until) {
  writer.key("apns");
  writer.begin_object();
  writer.key("headers");
  writer.begin_object();
  writer.field("apns-priority", message.urgency == Urgency::low ? "5" : "10");
  writer.field("apns-expiration",
               std::to_string(std::chrono::duration_cast<seconds>(until.time_since_epoch()).count()));
  writer.field("apns-collapse-id", message.tag);
  writer.end_object();
  writer.end_object();
}

void write_data(json::Writer& writer, const Message& message) {
  writer.key("data");
  writer.begin_object();
  for (const auto& [name, value] : message.data) writer.field(name, value);
  writer.field("path", message.path);
  writer.end_object();
}

}  // namespace

std::string fcm_body(const std::string& token, const Message& message, time::Timestamp now) {
  const auto left = std::clamp(std::chrono::duration_cast<seconds>(message.until - now), seconds(0), kLongestTtl);
  std::string body;
  json::Writer writer(body);
  writer.begin_object();
  writer.key("message");
  writer.begin_object();
  writer.field("token", token);
  writer.key("notification");
  writer.begin_object();
  writer.field("title", message.title);
  writer.field("body", message.body);
  writer.end_object();
  write_data(writer, message);
  write_android(writer, message, left);
  write_apns(writer, message, now + left);
  writer.end_object();
  writer.end_object();
  return body;
}

Answer judge_fcm(int status, const std::string& retry_after, std::string_view body) {
  const auto code = error_code(body);
  const auto said = "it answers " + std::to_string(status) + (is_word(code) && !code.empty() ? " " + code : "");
  if (status / 100 == 2) return {Kind::done, {}, said};
  if (status == 404 && code == "UNREGISTERED") return {Kind::gone, {}, said};
  // The next two are ours to mend, and of one device, or of one kind of devices: others are called as ever.
  if (code == "SENDER_ID_MISMATCH") {
    return {Kind::misconfigured, kPauseOfOperator, said + ": the app is of another Firebase project", true};
  }
  if (code == "THIRD_PARTY_AUTH_ERROR") {
    return {Kind::misconfigured, kPauseOfOperator, said + ": Firebase has no good APNs key of the app", true};
  }
  if (status == 429) {
    const auto pause = pause_of(retry_after);
    return {Kind::later, pause > seconds(0) ? pause : kPauseOfQuota, said};
  }
  if (status == 408 || status / 100 == 5) return {Kind::later, pause_of(retry_after), said};
  if (status == 401 || status == 403) {
    return {Kind::misconfigured, kPauseOfOperator, said + ": the service account may not send for the project"};
  }
  if (status == 404 || status / 100 == 3) {
    return {Kind::misconfigured, kPauseOfOperator, said + ": is the project of --fcm-service-account-file there?"};
  }
  return {Kind::malformed, {}, said};
}

}  // namespace dontgoback::push
