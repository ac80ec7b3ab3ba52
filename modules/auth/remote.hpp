#pragma once

#include <memory>
#include <string>

#include "dontgoback/http/client.hpp"
#include "dontgoback/ports/token_source.hpp"
#include "dontgoback/ports/verification_keys.hpp"
#include "dontgoback/time/clock.hpp"

// The auth module's ports on a node that does not run it. `client` and `clock` outlive what is made; `auth_url` has no
// trailing slash.
namespace dontgoback::auth {

/// The keys of the auth node at `auth_url`, fetched from its JWKS, or from the public-key endpoint of a first-release
/// server. Looked at again every five minutes and when a token names an unknown key, in the background, one fetch at a
/// time; kept while the node is away.
std::shared_ptr<ports::VerificationKeys> make_remote_verification_keys(http::Client& client, std::string auth_url,
                                                                       const time::Clock& clock);

/// Tokens of the auth node at `auth_url` for this client id and secret, asked for within 3 s.
std::shared_ptr<ports::TokenSource> make_remote_token_source(http::Client& client, std::string auth_url,
                                                             std::string client_id, std::string secret,
                                                             const time::Clock& clock);

}  // namespace dontgoback::auth
