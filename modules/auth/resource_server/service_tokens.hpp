#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "dontgoback/security/tokens/token_verifier.hpp"
#include "resource_server/deny_list.hpp"
#include "resource_server/refusal_log.hpp"

namespace dontgoback::auth {

/// Judges access tokens for calls between servers: as any token is judged, and by what the auth server took back. Tells
/// the operator why it refuses, once a minute a cause. Any thread that may block.
class ServiceTokens {
 public:
  /// Without a deny-list no token is taken back before it ends.
  ServiceTokens(std::shared_ptr<security::VerificationKeys> keys, security::Expectations expectations,
                const time::Clock& clock, std::shared_ptr<const DenyList> denied = nullptr);

  /// unauthenticated for a bad token, and then `why`, when given, becomes an ASCII sentence for `error_description`
  /// that says nothing of the token. unavailable when no key could be had yet, or the deny-list is too old.
  Result<std::shared_ptr<const security::Claims>> verify(std::string_view token, std::string* why = nullptr) const;

 private:
  const std::string issuer_;
  const security::TokenVerifier tokens_;
  const std::shared_ptr<const DenyList> denied_;
  mutable RefusalLog refusals_;
};

}  // namespace dontgoback::auth
