#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dontgoback::security {

/// The claims of a verified token (RFC 7519, RFC 9068).
struct Claims {
  std::string issuer;
  std::string subject;
  std::string client_id;
  std::string jti;
  std::string kid;           ///< of the key that signed it
  std::string confirmation;  ///< `cnf.jkt` (RFC 9449 section 6.1): the key its holder must prove; empty: a bearer token
  std::vector<std::string> scopes;  ///< `*`: all, as http::Identity::has_scope knows; never from a token's own text
  std::int64_t id = 0;              ///< `id` of a session token
  std::int64_t session = 0;         ///< `sid` of a session token
  std::string role;                 ///< `role` of a session token
  std::chrono::sys_seconds issued_at{};
  std::chrono::sys_seconds expires_at{};

  /// Who was given the token: `client_id`, which first-release tokens do not have, else the subject.
  const std::string& client() const { return client_id.empty() ? subject : client_id; }
};

/// The claims of a payload together with those that only matter once.
struct ReadClaims {
  Claims claims;
  std::vector<std::string> audience;  ///< empty: no `aud`
  std::optional<std::chrono::sys_seconds> not_before;
  bool has_scope;
};

/// Nothing when `iss`, `sub`, `exp` or `iat` is missing or any claim we know has the wrong type. A fuzzer may call it.
std::optional<ReadClaims> read_claims(std::string_view payload);

}  // namespace dontgoback::security
