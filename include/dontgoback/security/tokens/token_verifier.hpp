#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "dontgoback/ports/verification_keys.hpp"
#include "dontgoback/result.hpp"
#include "dontgoback/time/clock.hpp"

namespace dontgoback::ports {
class DenyList;
}

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

/// The verifying half of every token here: algorithm fixed by the key, `typ`, `iss`, `aud`, `exp`, `iat`/`nbf` (RFC
/// 8725), the deny-list. Tokens verified once are remembered (at most 4 096); `exp` and the deny-list are asked each
/// time. A token bound to a key (`Claims::confirmation`) is good only together with a proof, which is the caller's to
/// ask for. Any thread that may block.
class TokenVerifier {
 public:
  /// Without a deny-list no token is taken back before it ends.
  TokenVerifier(std::shared_ptr<ports::VerificationKeys> keys, Expectations expectations, const time::Clock& clock,
                std::shared_ptr<const ports::DenyList> denied = nullptr);
  ~TokenVerifier();

  /// unauthenticated for a bad token, and then `why`, when given, becomes an ASCII sentence for `error_description`:
  /// what is wrong, with the measured skew if it is that, and nothing of the token. unavailable when no key could be
  /// had yet, or the deny-list is too old.
  Result<std::shared_ptr<const Claims>> verify(std::string_view token, std::string* why = nullptr) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace dontgoback::security
