#pragma once

#include <functional>
#include <memory>
#include <string>

#include "dontgoback/http/peer.hpp"
#include "dontgoback/ports/token_source.hpp"
#include "dontgoback/time/clock.hpp"

namespace dontgoback::auth {

/// Tokens of the auth node at `auth_url` for this client id, asked for within 3 s. `secret` is read for each of
/// them, so that it may be changed meanwhile; what that throws is thrown to whoever asked.
std::shared_ptr<ports::TokenSource> make_remote_token_source(http::Client& client, std::string auth_url,
                                                             std::string client_id, std::function<std::string()> secret,
                                                             const time::Clock& clock,
                                                             const http::PeerWatch* watch = nullptr);

}  // namespace dontgoback::auth
