#pragma once

#include <chrono>
#include <mutex>
#include <string>

#include "answer.hpp"
#include "dontgoback/http/client.hpp"
#include "dontgoback/time/clock.hpp"
#include "fcm_account.hpp"

namespace dontgoback::push {

/// The access token that FCM is called with: kept, and renewed before it ends, once for all who wait. Any thread.
class AccessTokens {
 public:
  AccessTokens(http::Client& client, const FcmAccount& account, const time::Clock& clock, std::string proxy)
      : client_(client), account_(account), clock_(clock), proxy_(std::move(proxy)) {}

  struct Got {
    std::string token;  ///< empty: there is none now
    Answer why;         ///< and that is why
  };
  /// Blocks: for a renewal, or for that of another who asks.
  Got token();
  /// Was answered 401: the next one is a new one. Nothing happens if it is not the current one any more.
  void forget(const std::string& refused);

 private:
  Got renew();

  http::Client& client_;
  const FcmAccount& account_;
  const time::Clock& clock_;
  const std::string proxy_;
  std::mutex mutex_;  // held while it is renewed: who comes meanwhile has no use for another
  std::string token_;
  std::chrono::steady_clock::time_point renew_at_{};
  Answer failure_;
  std::chrono::steady_clock::time_point ask_again_at_{};  // after a failure
};

/// What the token endpoint's answer says (RFC 6749 section 5): how long the token in `token` is good, or why there is
/// none. Pure.
struct Granted {
  std::string token;
  std::chrono::seconds lifetime{0};
  Answer why;
};
Granted judge_grant(int status, const std::string& retry_after, std::string_view body);

}  // namespace dontgoback::push
