#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "dontgoback/result.hpp"
#include "dontgoback/security/tokens/claims.hpp"
#include "dontgoback/security/jose/verification_keys.hpp"
#include "dontgoback/time/clock.hpp"

namespace dontgoback::security {

/// What a token must say to be taken.
struct Expectations {
  std::string issuer;
  std::string also_issuer{};        ///< the same issuer in another spelling, taken as well; empty: there is none
  std::string audience;             ///< must be among `aud`; empty: whatever it is for (the issuer looks at its own)
  std::string typ = "at+jwt";       ///< RFC 9068 section 4
  std::chrono::seconds leeway{60};  ///< for the clocks of other machines; 0 for tokens of our own clock
  /// A first-release auth server signs without `kid`, `typ`, `aud` and `scope`: take that too. Its tokens may do all.
  bool accept_legacy = false;
};

/// Why a token is refused.
struct TokenRefusal {
  /// An ASCII sentence for `error_description`: what is wrong, with the measured skew if it is that, and nothing of the
  /// token.
  std::string why;
  std::string issuer{};  ///< of one that another issuer signed with a key we know; else empty
};

inline constexpr Failure kBadToken{FailureKind::unauthenticated,
                                   {"유효하지 않은 인증 토큰입니다.", "The access token is not valid."}};

/// The verifying half of every token here: algorithm fixed by the key, `typ`, `iss`, `aud`, `exp`, `iat`/`nbf` (RFC
/// 8725). Tokens verified once are remembered (at most 4 096); `exp` is asked each time. Whether one was taken back is
/// the caller's to ask. A token bound to a key (`Claims::confirmation`) is good only together with a proof, which is the caller's to
/// ask for. Any thread that may block.
class TokenVerifier {
 public:
  TokenVerifier(std::shared_ptr<VerificationKeys> keys, Expectations expectations, const time::Clock& clock);
  ~TokenVerifier();

  /// kBadToken for a bad token, and then `refusal`, when given, is filled. unavailable when no key could be had yet.
  Result<std::shared_ptr<const Claims>> verify(std::string_view token, TokenRefusal* refusal = nullptr) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace dontgoback::security
