#pragma once

#include "dontgoback/http/router.hpp"
#include "dontgoback/security/jose/signing_key.hpp"

namespace dontgoback::core::sessions {

/// `GET /api/jwks.json`: the public halves of the session keys (RFC 7517).
void add_jwks_route(http::Router& router, const security::SigningKey& key);

}  // namespace dontgoback::core::sessions
