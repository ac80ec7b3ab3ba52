#include "resource_server/resource_server.hpp"

#include <utility>

#include "dontgoback/text/url.hpp"
#include "names.hpp"

namespace dontgoback::auth {
namespace {

/// What clients know this node by.
std::vector<std::string> urls_of(const config::Node& node, bool issues_here) {
  std::vector<std::string> urls{node.own_url, node.public_url};
  // What clients of the auth server know it by, which may be a URL that only its proxy has.
  if (issues_here && text::Url::parse(node.issuer)) urls.push_back(node.issuer);
  return urls;
}

security::Expectations expectations_of(const config::Node& node, bool issues_here) {
  security::Expectations expected;
  expected.issuer = !node.issuer.empty() ? node.issuer : issues_here ? node.own_url : node.auth_url;
  if (!node.issuer.empty() || !issues_here) expected.also_issuer = node.issuer_as_written;
  expected.audience = kDefaultAudience;
  expected.leeway = std::chrono::seconds(node.clock_leeway);
  expected.accept_legacy = node.accept_legacy_issuer;
  return expected;
}

}  // namespace

ResourceServer::ResourceServer(const config::Node& node, bool issues_here, const time::Clock& clock,
                               std::shared_ptr<security::VerificationKeys> keys, std::shared_ptr<const DenyList> denied)
    : replays(clock),
      proofs(urls_of(node, issues_here), std::chrono::seconds(node.clock_leeway), replays, clock),
      authenticator(std::make_shared<ServiceTokens>(std::move(keys), expectations_of(node, issues_here), clock,
                                                    std::move(denied)),
                    proofs) {}

}  // namespace dontgoback::auth
