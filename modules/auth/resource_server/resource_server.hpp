#pragma once

#include <memory>

#include "dontgoback/config/node.hpp"
#include "resource_server/proof.hpp"
#include "resource_server/replay_memory.hpp"
#include "resource_server/service_authenticator.hpp"
#include "resource_server/settings.hpp"

namespace dontgoback::auth {

/// What verifies the auth server's tokens on this node, and proofs made for it.
struct ResourceServer {
  /// With metrics it counts the tokens that it refuses. `node` is complete; `issues_here`: it runs the auth server
  /// itself. `clock` outlives it.
  ResourceServer(const Settings& settings, const config::Node& node, bool issues_here, const time::Clock& clock,
                 std::shared_ptr<security::VerificationKeys> keys, std::shared_ptr<const DenyList> denied,
                 telemetry::Metrics* metrics = nullptr);

  ReplayMemory replays;
  const ProofVerifier proofs;
  ServiceAuthenticator authenticator;
};

}  // namespace dontgoback::auth
