#include "fcm_carrier.hpp"

#include <algorithm>

#include "fcm_message.hpp"

namespace dontgoback::push {
namespace {

constexpr std::size_t kMaxAnswer = 64 * 1024;
constexpr std::chrono::hours kLongestPause{1};
/// Of all that one push takes, so that a node that stops waits no longer.
constexpr std::chrono::milliseconds kAll{8'000};
constexpr std::chrono::milliseconds kOneCall{5'000};
/// With less left than a new access token may take, the push is tried again later.
constexpr std::chrono::milliseconds kLeast{4'000};

}  // namespace

FcmCarrier::FcmCarrier(http::Client& client, FcmAccount account, const time::Clock& clock, FcmSettings settings)
    : Carrier("FCM"),
      client_(client),
      account_(std::move(account)),
      settings_(std::move(settings)),
      url_(settings_.service + "/v1/projects/" + account_.project + "/messages:send"),
      tokens_(client, account_, clock, settings_.proxy),
      gate_({.at_once = kAtOnce, .longest_pause = kLongestPause, .trusted = true}) {}

Carrier::Carried FcmCarrier::carry(const ports::PushDevice& device, const Message& message, time::Timestamp now) {
  const auto* address = std::get_if<ports::FcmToken>(&device.address);
  if (address == nullptr) return {settings_.service, {Answer::Kind::malformed, {}, "the device is no app"}};
  const auto body = fcm_body(address->token, message, now);
  return {settings_.service, gate_.call(settings_.service, [&](auto) { return call(body); })};
}

Answer FcmCarrier::call(const std::string& body) {
  const auto until = std::chrono::steady_clock::now() + kAll;
  const auto left = [until] {
    return std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
  };
  auto access = tokens_.token();
  if (access.token.empty()) return access.why;
  int status = 0;
  auto answer = call_once(access.token, body, std::min(left(), kOneCall), status);
  // Of a device's own trouble (401 THIRD_PARTY_AUTH_ERROR) another token is no cure.
  if (status != 401 || answer.of_this_device) return answer;
  tokens_.forget(access.token);
  if (left() < kLeast) return {Answer::Kind::later, {}, "the access token was refused"};
  access = tokens_.token();
  if (access.token.empty()) return access.why;
  return call_once(access.token, body, std::min(left(), kOneCall), status);
}

Answer FcmCarrier::call_once(const std::string& access_token, const std::string& body,
                             std::chrono::milliseconds time_limit, int& status) {
  if (time_limit.count() <= 0) return {Answer::Kind::later, {}, "no answer in time"};
  http::ClientRequest request;
  request.method = http::Method::post;
  request.url = url_;
  request.proxy = settings_.proxy;
  request.headers = {{"Authorization", "Bearer " + access_token}, {"Content-Type", "application/json; charset=utf-8"}};
  request.body = body;
  request.time_limit = time_limit;
  request.body_limit = kMaxAnswer;
  const auto response = client_.send(request);
  if (!response) return {Answer::Kind::later, {}, "no answer"};
  status = response->status;
  return judge_fcm(status, response->retry_after, response->body);
}

}  // namespace dontgoback::push
