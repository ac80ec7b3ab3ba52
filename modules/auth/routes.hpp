#pragma once

#include <memory>

#include "clients.hpp"
#include "dontgoback/http/router.hpp"
#include "issuer.hpp"

namespace dontgoback::auth {

/// Adds the token, public-key and JWKS endpoints below `/msa/auth/api` (contract, section 4).
void add_routes(http::Router& router, std::shared_ptr<const Clients> clients, std::shared_ptr<const Issuer> issuer);

}  // namespace dontgoback::auth
