#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "dontgoback/security/crypto/hmac.hpp"

namespace dontgoback::security {

/// JWTs of one use, signed with HMAC-SHA256 (RFC 7515, HS256).
///
/// Only for what nodes of one database sign and judge, which share the key anyway: whoever can verify such a token can
/// make one. What another node verifies is RS256 or ES256 (`jose`, `token_verifier`; docs/decisions/walker-tokens.md).
/// Each use has a key of its own, and a `typ` of its own where clients leave that to us, so that none passes for
/// another (RFC 8725 section 3.12). A token's header is to be, byte for byte, the one that is written here: no token
/// says how it is to be judged (section 3.1). Any thread.
class HmacTokens {
 public:
  /// No token is longer.
  static constexpr std::size_t kLongest = 1024;

  /// `typ`: a word without quotes.
  HmacTokens(std::string_view typ, std::string_view key);

  /// `claims`: JSON.
  std::string sign(std::string_view claims) const;
  /// The claims of a token that was signed here as one; nothing for anything else. Whether its time is over they say.
  std::optional<std::string> claims_of(std::string_view token) const;

 private:
  std::string signature_of(std::string_view input) const;

  std::string head_;  // with its dot
  HmacSha256 mac_;
};

}  // namespace dontgoback::security
