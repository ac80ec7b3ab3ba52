#pragma once

#include <optional>
#include <string_view>

#include "dontgoback/security/tokens/token_verifier.hpp"

namespace dontgoback::security {

/// The claims of a payload together with those that only matter once.
struct ReadClaims {
  Claims claims;
  std::vector<std::string> audience;  ///< empty: no `aud`
  std::optional<std::chrono::sys_seconds> not_before;
  bool has_scope;
};

/// Nothing when `iss`, `sub`, `exp` or `iat` is missing or any claim we know has the wrong type. A fuzzer may call it.
std::optional<ReadClaims> read_claims(std::string_view payload);

/// The claims by which a client authenticates itself (RFC 7523 section 3).
struct AssertionClaims {
  std::string issuer, subject;
  std::string jti;                    ///< empty: none
  std::vector<std::string> audience;  ///< empty: no `aud`
  std::chrono::sys_seconds expires_at;
  std::optional<std::chrono::sys_seconds> issued_at, not_before;
};

/// Nothing when `iss`, `sub` or `exp` is missing or any of these claims has the wrong type. A fuzzer may call it.
std::optional<AssertionClaims> read_assertion_claims(std::string_view payload);

}  // namespace dontgoback::security
