#pragma once

#include "access_tokens.hpp"
#include "carrier.hpp"
#include "fcm_account.hpp"
#include "gate.hpp"

namespace dontgoback::push {

struct FcmSettings {
  std::string service = "https://fcm.googleapis.com";  ///< an origin
  std::string proxy;                                   ///< as http::ClientRequest has it
};

/// To apps, by Firebase Cloud Messaging's HTTP v1 API.
class FcmCarrier final : public Carrier {
 public:
  static constexpr int kAtOnce = 8;  // as many as the host's client keeps connections to one server

  FcmCarrier(http::Client& client, FcmAccount account, const time::Clock& clock, FcmSettings settings);

  Carried carry(const ports::PushDevice& device, const Message& message, time::Timestamp now) override;
  std::size_t at_once() const override { return kAtOnce; }

 private:
  Answer call(const std::string& body);
  Answer call_once(const std::string& access_token, const std::string& body, std::chrono::milliseconds time_limit,
                   int& status);

  http::Client& client_;
  const FcmAccount account_;
  const FcmSettings settings_;
  const std::string url_;
  AccessTokens tokens_;
  Gate gate_;
};

}  // namespace dontgoback::push
