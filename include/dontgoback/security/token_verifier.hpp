#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "dontgoback/http/router.hpp"
#include "dontgoback/ports/verification_keys.hpp"
#include "dontgoback/result.hpp"
#include "dontgoback/time/clock.hpp"

namespace dontgoback::security {

/// The claims of a verified token (RFC 7519, RFC 9068).
struct Claims {
  std::string issuer;
  std::string subject;
  std::string client_id;
  std::string jti;
  std::string kid;           ///< of the key that signed it
  std::string confirmation;  ///< `cnf.jkt` (RFC 9449 section 6.1): the key its holder must prove; empty: a bearer token
  std::vector<std::string> scopes;  ///< `*` among them: all, as http::Identity::has_scope knows
  std::int64_t id = 0;              ///< `id` of a session token
  std::int64_t session = 0;         ///< `sid` of a session token
  std::string role;                 ///< `role` of a session token
  std::chrono::sys_seconds issued_at{};
  std::chrono::sys_seconds expires_at{};

  /// Who was given the token: `client_id`, which first-release tokens do not have, else the subject.
  const std::string& client() const { return client_id.empty() ? subject : client_id; }
};

/// What a token must say to be taken.
struct Expectations {
  std::string issuer;
  std::string audience;             ///< must be among `aud`
  std::string typ = "at+jwt";       ///< RFC 9068 section 4
  std::chrono::seconds leeway{60};  ///< for the clocks of other machines; 0 for tokens of our own clock
  /// A first-release auth server signs without `kid`, `typ`, `aud` and `scope`: take that too. Its tokens may do all.
  bool accept_legacy = false;
};

/// The verifying half of every token here: algorithm fixed by the key, `typ`, `iss`, `aud`, `exp`, `iat`/`nbf` (RFC
/// 8725). Tokens verified once are remembered (at most 4 096), their `exp` is checked each time. Any thread that may
/// block.
class TokenVerifier {
 public:
  TokenVerifier(std::shared_ptr<ports::VerificationKeys> keys, Expectations expectations, const time::Clock& clock);
  ~TokenVerifier();

  /// unauthenticated for a bad token; unavailable when no key could be had yet.
  Result<std::shared_ptr<const Claims>> verify(std::string_view token) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Takes `Authorization: Bearer` tokens of services: any module guards a route with
/// `Access::service(bearer, "asset:update")`. 401 answers carry `WWW-Authenticate` (RFC 6750 section 3).
class BearerAuthenticator final : public http::Authenticator {
 public:
  explicit BearerAuthenticator(std::shared_ptr<const TokenVerifier> verifier) : verifier_(std::move(verifier)) {}
  Result<http::Identity> authenticate(const http::Request& request) const override;

 private:
  std::shared_ptr<const TokenVerifier> verifier_;
};

}  // namespace dontgoback::security
