#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "dontgoback/security/tokens/token_verifier.hpp"
#include "dontgoback/telemetry/metrics.hpp"
#include "resource_server/deny_list.hpp"
#include "resource_server/refusal_log.hpp"

namespace dontgoback::auth {

/// Judges access tokens for calls between servers: as any token is judged, and by what the auth server took back. Tells
/// the operator why it refuses, once a minute a cause. Any thread that may block.
class ServiceTokens {
 public:
  /// With metrics, `dontgoback_tokens_refused_total{reason}` counts. Without a deny-list no token is taken back before
  /// it ends.
  ServiceTokens(std::shared_ptr<security::VerificationKeys> keys, security::Expectations expectations,
                const time::Clock& clock, std::shared_ptr<const DenyList> denied = nullptr,
                telemetry::Metrics* metrics = nullptr);

  /// unauthenticated for a bad token, and then `why`, when given, becomes an ASCII sentence for `error_description`
  /// that says nothing of the token. unavailable when no key could be had yet, or the deny-list is too old.
  Result<std::shared_ptr<const security::Claims>> verify(std::string_view token, std::string* why = nullptr) const;

 private:
  const std::string issuer_;
  const security::TokenVerifier tokens_;
  const std::shared_ptr<const DenyList> denied_;
  mutable RefusalLog refusals_;
  // Null without metrics.
  telemetry::Counter* bad_ = nullptr;
  telemetry::Counter* taken_back_ = nullptr;
  telemetry::Counter* not_judged_ = nullptr;
};

}  // namespace dontgoback::auth
