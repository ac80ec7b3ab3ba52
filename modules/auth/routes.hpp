#pragma once

#include "dontgoback/http/router.hpp"
#include "endpoints/nodes.hpp"
#include "endpoints/token.hpp"
#include "endpoints/token_status.hpp"
#include "registry/registry.hpp"

namespace dontgoback::auth {

/// What the routes are made of; all of it outlives the router.
struct Endpoints {
  const TokenEndpoint& token;
  const IntrospectionEndpoint& introspection;
  const RevocationEndpoint& revocation;
  const NodesEndpoint& nodes;
  const Registry& registry;
  const time::Clock& clock;
  std::string metadata;                   ///< the document
  const std::string& metadata_path;       ///< where it is
  std::vector<std::string> page_origins;  ///< whose pages may ask for tokens, keys and metadata; `*`: all
};

/// Adds everything below `/msa/auth/api` (contract, section 4) and the metadata at its well-known path.
void add_routes(http::Router& router, const Endpoints& endpoints);

}  // namespace dontgoback::auth
