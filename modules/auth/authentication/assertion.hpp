#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "authentication/assertion_claims.hpp"
#include "authentication/failure.hpp"
#include "clients/client.hpp"
#include "dontgoback/time/clock.hpp"
#include "resource_server/replay_memory.hpp"

namespace dontgoback::auth {

/// Whom a client assertion says it is from, before anything is verified; empty when it says nothing of the kind. A
/// fuzzer may call it.
std::string claimed_client(std::string_view assertion);

/// The claims of an assertion, or how it failed.
struct SignedClaims {
  std::optional<AssertionClaims> claims;
  AuthenticationFailure::How how;  ///< of no meaning when there are claims
};

/// Verifies JWTs that authenticate a client (`private_key_jwt`; RFC 7523 section 3): signed with a key of the client,
/// `iss` and `sub` its id, `aud` this server, `exp` at most kLongestLife ahead, `iat` at most kOldest ago, `jti` there,
/// each used once, and not from before the memory of what was used begins. Without an `iat`, which is optional, it
/// counts as issued at its `nbf`, or kOldest before its `exp` where that is later or there is none: as early as it may
/// have been used. Any thread; CPU work.
class AssertionVerifier {
 public:
  static constexpr std::chrono::minutes kLongestLife{60};
  /// An assertion is made for a request: however far off its `exp`, it is remembered no longer than this.
  static constexpr std::chrono::minutes kOldest{10};

  /// `audiences`: the issuer, and the URLs of the endpoints that take assertions.
  AssertionVerifier(std::vector<std::string> audiences, std::chrono::seconds leeway, ReplayMemory& memory,
                    const time::Clock& clock);

  /// Of an assertion that the client has signed, whether it is good here and now or not. Whoever sends one that it has
  /// not may be guessing. Null client: there is none.
  static SignedClaims signed_claims(const Client* client, std::string_view assertion);
  /// What is wrong with it here and now; nothing: it is taken, once.
  std::optional<AuthenticationFailure> take(const Client& client, const AssertionClaims& claims) const;

 private:
  AuthenticationFailure failed(AuthenticationFailure::How how, std::chrono::seconds off = {}) const {
    return {how, off, leeway_};
  }

  const std::vector<std::string> audiences_;
  const std::chrono::seconds leeway_;
  ReplayMemory& memory_;
  const time::Clock& clock_;
};

}  // namespace dontgoback::auth
