#include "resource_server/resource_server.hpp"

#include <utility>

namespace dontgoback::auth {
ResourceServer::ResourceServer(const Settings& settings, const config::Node& node, bool issues_here,
                               const time::Clock& clock, std::shared_ptr<security::VerificationKeys> keys,
                               std::shared_ptr<const DenyList> denied, telemetry::Metrics* metrics)
    : replays(clock),
      proofs(settings.own_urls(node, issues_here), settings.leeway(), replays, clock),
      authenticator(std::make_shared<ServiceTokens>(std::move(keys), settings.expectations(node, issues_here), clock,
                                                    std::move(denied), metrics),
                    proofs) {}

}  // namespace dontgoback::auth
