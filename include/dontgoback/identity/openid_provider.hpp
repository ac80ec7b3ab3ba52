#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dontgoback/http/client.hpp"
#include "dontgoback/http/peer.hpp"
#include "dontgoback/identity/id_token.hpp"
#include "dontgoback/identity/remote_keys.hpp"
#include "dontgoback/result.hpp"
#include "dontgoback/time/clock.hpp"

namespace dontgoback::identity {

/// Where an issuer is, and whose tokens of it are taken.
struct OpenIdSettings {
  std::string name;    ///< short, for the log and /readyz: "google"
  std::string issuer;  ///< as its metadata and its tokens spell it, without a trailing slash unless they have one
  IdTokenRules rules;  ///< `issuers` may be empty: `issuer` is always taken
  std::string option;  ///< what an operator sets it by: "--sign-in-issuer"
};

/// What of an issuer's metadata is needed (OpenID Connect Discovery 1.0 section 3).
struct OpenIdMetadata {
  std::string authorization_endpoint;  ///< empty: it has none
  std::string token_endpoint;          ///< empty: it has none
  std::string userinfo_endpoint;       ///< empty: it has none
  std::string revocation_endpoint;     ///< RFC 7009; empty: it has none
  std::string jwks_uri;
  /// How clients may prove themselves at the token endpoint (`client_secret_post`); empty: it does not say, which means
  /// `client_secret_basic`.
  std::vector<std::string> token_endpoint_auth_methods;
};

/// An OpenID Provider whose ID tokens sign people in. Finds its endpoints and keys by its metadata (looked at once an
/// hour, and when its keys cannot be had), and goes on with the last good ones while it is away. Asks for nothing until
/// it is used; what a stranger sends makes it look at most once in ten seconds. Any thread that may block.
class OpenIdProvider {
 public:
  /// `client` and `clock` outlive it. Given a watch, it tells /readyz how its calls end, and looks by itself before
  /// somebody needs it.
  OpenIdProvider(http::Client& client, const time::Clock& clock, OpenIdSettings settings,
                 const http::PeerWatch* watch = nullptr);
  ~OpenIdProvider();

  /// How long a caller waits for the issuer at most.
  using Moment = RemoteKeys::Moment;

  /// Null when it could not be had by then.
  std::shared_ptr<const OpenIdMetadata> metadata(Moment by = Moment::max()) const;

  /// Who the token is about. unauthenticated for one that is not good (signature by a key of the issuer, algorithm
  /// fixed by the key, RS256 or ES256; then IdTokenRules), and then `why`, when given, becomes an ASCII sentence that
  /// says what is wrong and nothing of the token. unavailable when no keys could be had by then. `nonce`: as
  /// read_id_token.
  Result<IdToken> verify(std::string_view token, const std::optional<Nonce>& nonce, std::string* why = nullptr,
                         Moment by = Moment::max()) const;

  /// The payload of another token that the issuer signed, judged by its caller alone. Its `typ` is none, `JWT` or this
  /// one. Otherwise as verify.
  Result<std::string> verify_signed(std::string_view token, std::string_view typ, Moment by = Moment::max()) const;

 private:
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace dontgoback::identity
