#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "clients/client.hpp"
#include "dontgoback/security/tokens/claims.hpp"
#include "dontgoback/security/tokens/replay_memory.hpp"
#include "dontgoback/time/clock.hpp"

namespace dontgoback::auth {

/// Whom a client assertion says it is from, before anything is verified; empty when it says nothing of the kind. A
/// fuzzer may call it.
std::string claimed_client(std::string_view assertion);

/// Verifies JWTs that authenticate a client (`private_key_jwt`; RFC 7523 section 3): signed with a key of the client,
/// `iss` and `sub` its id, `aud` this server, `exp` at most kLongestLife ahead, `iat` at most kOldest ago, `jti` there,
/// each used once, and not from before this process started, because what was used then is not remembered. Without an
/// `iat`, which is optional, it counts as issued kOldest before its `exp`: as early as it may be. Any thread; CPU work.
class AssertionVerifier {
 public:
  static constexpr std::chrono::minutes kLongestLife{60};
  /// An assertion is made for a request: however far off its `exp`, it is remembered no longer than this.
  static constexpr std::chrono::minutes kOldest{10};

  /// `audiences`: the issuer, and the URLs of the endpoints that take assertions.
  AssertionVerifier(std::vector<std::string> audiences, std::chrono::seconds leeway, security::ReplayMemory& memory,
                    const time::Clock& clock);

  /// Both throw Refusal. The first, of an assertion that the client has not signed: whoever sends it may be guessing.
  static security::AssertionClaims signed_claims(const Client& client, std::string_view assertion);
  /// The second, of one that it has signed and that is not good here and now: invalid_client, or
  /// temporarily_unavailable when too many are remembered just now.
  void take(const Client& client, const security::AssertionClaims& claims) const;

 private:
  const std::vector<std::string> audiences_;
  const std::chrono::seconds leeway_;
  security::ReplayMemory& memory_;
  const time::Clock& clock_;
};

}  // namespace dontgoback::auth
