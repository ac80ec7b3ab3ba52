#include "service.hpp"

#include <algorithm>

#include "dontgoback/json/writer.hpp"
#include "dontgoback/security/crypto/base64.hpp"
#include "dontgoback/security/crypto/hash.hpp"
#include "dontgoback/security/crypto/push_encryption.hpp"
#include "dontgoback/text/number.hpp"
#include "dontgoback/text/url.hpp"

namespace dontgoback::push {
namespace {

using std::chrono::seconds;

constexpr std::size_t kMaxAnswer = 64 * 1024;  // nothing in it is of use
constexpr seconds kLongestTtl{12 * 3600};
constexpr seconds kLongestPause{3600};

/// RFC 8030 section 5.4: a later push of the topic replaces one that waits at the service. By the secret, so that the
/// service does not learn what it is about.
std::string topic_of(const ports::PushSubscription& subscription, const Message& message) {
  return security::base64url_encode(security::bytes(security::sha256(subscription.auth + message.tag))).substr(0, 32);
}

http::ClientRequest request_of(const Vapid& vapid, const ports::PushSubscription& subscription, const Message& message,
                               time::Timestamp now) {
  const auto left = std::chrono::duration_cast<seconds>(message.until - now);
  http::ClientRequest request;
  request.method = http::Method::post;
  request.url = subscription.endpoint;
  request.headers = {{"TTL", std::to_string(std::clamp(left, seconds(0), kLongestTtl).count())},
                     {"Urgency", message.urgency == Urgency::low ? "low" : "normal"},
                     {"Topic", topic_of(subscription, message)},
                     {"Content-Type", "application/octet-stream"},
                     {"Content-Encoding", "aes128gcm"},
                     {"Authorization", vapid.authorization(origin_of(subscription.endpoint), now)}};
  request.body = security::encrypt_push(content_of(message), {subscription.p256dh, subscription.auth});
  request.body_limit = kMaxAnswer;
  return request;
}

}  // namespace

Answer judge(int status, const std::string& retry_after) {
  const auto said = "it answers " + std::to_string(status);
  if (status / 100 == 2) return {Answer::Kind::done, {}, said};
  if (status == 404 || status == 410) return {Answer::Kind::gone, {}, said};
  if (status == 408 || status == 429 || status / 100 == 5) {
    return {Answer::Kind::later, pause_of(retry_after), said};
  }
  if (status / 100 == 3) return {Answer::Kind::refused, {}, said + ", and redirections are not followed"};
  if (status == 413) return {Answer::Kind::refused, {}, said + ": too large"};
  if (status == 400 || status == 401 || status == 403) {
    return {Answer::Kind::refused, {}, said + ": it does not take our key, contact or clock"};
  }
  return {Answer::Kind::refused, {}, said};
}

seconds pause_of(const std::string& retry_after) {
  const auto pause = text::number<std::int32_t>(retry_after).value_or(0);
  return std::clamp(seconds(pause), seconds(0), kLongestPause);
}

std::string content_of(const Message& message) {
  std::string content;
  json::Writer writer(content);
  writer.begin_object();
  writer.field("title", message.title);
  writer.field("body", message.body);
  writer.field("tag", message.tag);
  writer.field("url", message.path);
  writer.end_object();
  return content;
}

std::string origin_of(const std::string& endpoint) {
  const auto url = text::Url::parse(endpoint);
  return url ? url->origin() : std::string();
}

Answer hand_over(http::Client& client, const Vapid& vapid, const ports::PushSubscription& subscription,
                 const Message& message, time::Timestamp now, seconds time_limit) {
  auto request = request_of(vapid, subscription, message, now);
  request.time_limit = time_limit;
  if (!subscription.for_tests) {
    const auto answer = client.send_to_stranger(request);
    if (!answer.response) return {Answer::Kind::later, {}, answer.cause};
    return judge(answer.response->status, answer.response->retry_after);
  }
  const auto answer = client.send(request);
  if (!answer) return {Answer::Kind::later, {}, "no answer"};
  return judge(answer->status, answer->retry_after);
}

}  // namespace dontgoback::push
