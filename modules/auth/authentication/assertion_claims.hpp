#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dontgoback::auth {

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

}  // namespace dontgoback::auth
