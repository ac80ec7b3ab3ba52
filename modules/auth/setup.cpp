#include <algorithm>

#include "clients/configured.hpp"
#include "commands/nodes.hpp"
#include "commands/operator.hpp"
#include "joining/joiner.hpp"
#include "keys/key_ring.hpp"
#include "module.hpp"
#include "names.hpp"
#include "registry/registry.hpp"
#include "resource_server/settings.hpp"

// The module's part in `dontgoback setup`.
namespace dontgoback::auth {
namespace {

using State = setup::Said::State;

constexpr std::chrono::hours kCodeLife{24};

}  // namespace

InvitingNode AuthModule::inviting_node() {
  return {[this] {
            std::vector<std::string> ids;
            for (const auto& client : named_clients(client_options_, scope_options_)) ids.push_back(client.id);
            return ids;
          },
          [this](const config::Node& node) { return settings_->own_issuer(node); },
          [this](Host& host) { return open_registry(host).current()->verification_keys()->back().thumbprint(); }};
}

/// What tokens call a node that others have their tokens from. With all in one process there are no others.
std::vector<setup::Entry> AuthModule::settings(const std::string& role, const std::string& public_url) const {
  if (role != name()) return {};
  return {{"issuer", public_url}};
}

setup::Joined AuthModule::join(const setup::Joining& joining) {
  using To = setup::Joining::To;
  if (joining.to == To::join) return join_by_code(joining);
  if (!settings_->has_credentials() || settings_->auth_url().empty()) return {};
  const OwnClient own{settings_->auth_url(), settings_->client_id, settings_->client_secret_file};
  return joining.to == To::look ? look_for_others(joining, own) : change_secret(joining, own);
}

std::vector<setup::Said> AuthModule::prepare(Host& host) {
  prepare_keys(host);
  if (host.node.role != name()) return {};  // has the others in this process
  const auto inviting = inviting_node();
  const auto configured = inviting.configured();
  NodeAdmission admission(host.database, host.clock);
  const auto nodes = admission.nodes();
  std::vector<setup::Said> said;
  for (const auto& role : node_roles()) {
    const auto joined = std::ranges::find(nodes, role.role, &JoinedNode::role);
    const auto usual = "dontgoback-" + std::string(role.role) + "-server";
    if (joined != nodes.end()) {
      said.push_back({State::note, std::string(role.role) + " has joined, and is at " + joined->url});
    } else if (std::ranges::find(configured, usual) != configured.end()) {
      said.push_back({State::note, usual + " is a client from the configuration (--auth-client)"});
    } else if (const auto made = admission.invite({role.role, kCodeLife, StoredCode::Kind::of_setup}, configured,
                                                  command_line_operator())) {
      said.push_back(
          {State::left,
           "on the machine of " + std::string(role.role) + ", once this server runs and within 24 hours, run as root",
           join_line(host, inviting, role.role, *made)});
    } else {
      said.push_back({State::wrong, std::string(made.failure().message.en)});
    }
  }
  return said;
}

std::vector<setup::OtherNode> AuthModule::others(const config::Node& node) const {
  if (node.runs(name()) || settings_->auth_url().empty()) return {};
  return {{"the auth server", "--auth-url", settings_->auth_url(), std::string(kKeySetPath)}};
}

}  // namespace dontgoback::auth
