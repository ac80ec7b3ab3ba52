#include "access_tokens.hpp"

#include <algorithm>
#include <boost/describe.hpp>

#include "dontgoback/json/reader.hpp"
#include "dontgoback/text/url.hpp"
#include "service.hpp"

namespace dontgoback::push {
namespace {

using std::chrono::seconds;

struct Grant {
  std::string access_token;
  std::int64_t expires_in = 0;
  std::string token_type;
};
BOOST_DESCRIBE_STRUCT(Grant, (), (access_token, expires_in, token_type))

constexpr seconds kTimeLimit{3};
constexpr seconds kPause{1};
constexpr seconds kPauseOfOperator{30};  // what an operator has to mend is not mended in a moment
constexpr seconds kRenewBefore{120};
constexpr std::size_t kMaxAnswer = 64 * 1024;
constexpr std::size_t kMaxToken = 8 * 1024;

/// What may stand in `Authorization: Bearer` (RFC 6750 section 2.1).
bool is_token(std::string_view text) {
  return !text.empty() && text.size() <= kMaxToken &&
         std::ranges::all_of(text, [](char c) { return c > ' ' && c < '\x7f'; });
}

}  // namespace

Granted judge_grant(int status, const std::string& retry_after, std::string_view body) {
  const auto said = "no access token, the token endpoint answers " + std::to_string(status);
  if (status == 200) {
    auto grant = json::read<Grant>(body);
    if (grant && is_token(grant->access_token) && grant->expires_in > 0 && grant->token_type == "Bearer") {
      return {std::move(grant->access_token), seconds(std::min<std::int64_t>(grant->expires_in, 24 * 3600)), {}};
    }
    return {{}, {}, {Answer::Kind::later, {}, "no access token, the token endpoint's answer makes no sense"}};
  }
  if (status == 408 || status == 429 || status / 100 == 5) {
    return {{}, {}, {Answer::Kind::later, pause_of(retry_after), said}};
  }
  return {{}, {}, {Answer::Kind::misconfigured, kPauseOfOperator, said + ": look at --fcm-service-account-file"}};
}

AccessTokens::Got AccessTokens::token() {
  const std::lock_guard lock(mutex_);
  const auto now = clock_.steady();
  if (!token_.empty() && now < renew_at_) return {token_, {}};
  if (now < ask_again_at_) return {{}, failure_};
  return renew();
}

void AccessTokens::forget(const std::string& refused) {
  const std::lock_guard lock(mutex_);
  if (token_ == refused) token_.clear();
}

AccessTokens::Got AccessTokens::renew() {
  const auto asked_at = clock_.steady();
  http::ClientRequest request;
  request.method = http::Method::post;
  request.url = account_.token_uri;
  request.proxy = proxy_;
  request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
  request.body =
      "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=" + account_.assertion(clock_.now());
  request.time_limit = kTimeLimit;
  request.body_limit = kMaxAnswer;
  const auto answer = client_.send(request);
  auto granted = answer ? judge_grant(answer->status, answer->retry_after, answer->body)
                        : Granted{{}, {}, {Answer::Kind::later, {}, "no access token, the token endpoint is away"}};
  if (granted.token.empty()) {
    token_.clear();
    failure_ = granted.why;
    ask_again_at_ = clock_.steady() + std::max(kPause, granted.why.pause);
    return {{}, failure_};
  }
  token_ = std::move(granted.token);
  const auto early = std::min(kRenewBefore, granted.lifetime / 2);
  renew_at_ = asked_at + granted.lifetime - early;
  return {token_, {}};
}

}  // namespace dontgoback::push
