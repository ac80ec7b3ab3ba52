#pragma once

#include <chrono>
#include <string>

namespace dontgoback::auth {

/// Why a client is not authenticated: who failed, and how. Endpoints put it into words.
struct AuthenticationFailure {
  enum class How {
    wrong_secret,  ///< or there is no such client: nobody's business which
    too_often,     ///< failed, here or for this client; `off` is how long to wait
    disabled,      ///< proved to be a client that may not ask
    // Of a client assertion:
    not_signed,       ///< with a key of the client; or there is no such client
    unknown_kid,      ///< it names a key that the client has not; or there is no such client
    other_algorithm,  ///< than that of the key it names
    claims_missing,
    other_client,  ///< `iss` and `sub` are not the client
    other_audience,
    expired,               ///< `off` ago
    expires_late,          ///< further ahead than any assertion may be good for
    expires_late_undated,  ///< the same of one without `iat`
    issued_early,          ///< `off` ago
    issued_ahead,          ///< `off` ahead
    valid_ahead,           ///< `nbf` is `off` ahead
    before_start,          ///< `off` before what this server remembers begins: it may have been used then
    perhaps_before_start,  ///< the same of one without `iat`
    no_jti,
    used_before,
    busy,  ///< too many assertions are remembered just now
  };
  How how = How::wrong_secret;
  std::chrono::seconds off{};    ///< by the clock, as measured
  std::chrono::seconds borne{};  ///< of that
  std::string client{};          ///< the registered client's id, as far as it is known
};

}  // namespace dontgoback::auth
