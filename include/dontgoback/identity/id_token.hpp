#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dontgoback/time/clock.hpp"

namespace dontgoback::identity {

/// What an ID token must say to be taken (OpenID Connect Core 1.0 section 3.1.3.7).
struct IdTokenRules {
  std::vector<std::string> issuers;    ///< the spellings of `iss` that are taken, exactly
  std::vector<std::string> audiences;  ///< our client ids: every `aud` must be one of them
  std::vector<std::string> parties{};  ///< who besides them may be `azp`: the ids of our apps on phones
  std::chrono::seconds leeway{60};     ///< for the clock of the issuer
};

/// The `nonce` that was given out for a sign-in.
struct Nonce {
  /// How the token has it: as it was given out, its SHA-256 in hexadecimal (apps on Apple's devices hand that to the
  /// issuer, and the plain one to us), or either.
  enum class Form { plain, sha256, either };
  std::string value;
  Form form = Form::plain;
};

/// A person as an issuer knows them.
struct IdToken {
  std::string issuer;     ///< `iss`
  std::string subject;    ///< `sub`: never another person's at this issuer
  std::string client_id;  ///< the `aud` that is ours; `azp` where there are several
  std::string email;      ///< empty: not told
  bool email_verified = false;
  std::string name;    ///< empty: not told
  std::string claims;  ///< all of them, as JSON text
  std::chrono::sys_seconds issued_at{};
  std::chrono::sys_seconds expires_at{};
};

/// The token, or an ASCII sentence that says what is wrong and tells nothing of the token.
struct IdTokenReading {
  std::optional<IdToken> token;
  std::string why;
};

/// Judges the claims of a token whose signature is its issuer's. `nonce`: nothing where none was given out; then that
/// of the token is not looked at. A fuzzer may call it.
IdTokenReading read_id_token(std::string_view claims, const IdTokenRules& rules, const std::optional<Nonce>& nonce,
                             time::Timestamp now);

}  // namespace dontgoback::identity
