#include <algorithm>
#include <iterator>

#include "clients/configured.hpp"
#include "commands/audit.hpp"
#include "commands/clients.hpp"
#include "commands/keys.hpp"
#include "commands/nodes.hpp"
#include "keys/key_ring.hpp"
#include "keys/sealing.hpp"
#include "module.hpp"
#include "resource_server/settings.hpp"

// What an operator has of the module without starting it: its commands, and what a backup of it holds.
namespace dontgoback::auth {

std::vector<Command> AuthModule::commands() {
  auto commands = key_commands([this](const Host& host) { return key_files(host.node); }, rotation_days_);
  std::ranges::move(client_commands({[this] { return named_clients(client_options_, scope_options_); },
                                     [this](const config::Node& node) { return settings_->own_issuer(node); }}),
                    std::back_inserter(commands));
  std::ranges::move(node_commands(inviting_node()), std::back_inserter(commands));
  std::ranges::move(audit_commands(), std::back_inserter(commands));
  return commands;
}

std::vector<backup::KeptFile> AuthModule::kept_files(const config::Node& node) const {
  std::vector<backup::KeptFile> files{{std::string(kSealingKeyFile), key_file(node), key_file_option_.empty()},
                                      {"auth-signing-key", node.data_dir / kFirstReleaseKeyFile, true}};
  if (!settings_->client_secret_file.empty()) {
    files.push_back({.name = "client-secret", .path = settings_->client_secret_file, .needed_elsewhere = true});
  }
  for (const auto& option : client_options_) {
    const auto equals = option.find('=');
    if (equals == std::string::npos) continue;
    files.push_back({"auth-client " + option.substr(0, equals), option.substr(equals + 1), false});
  }
  return files;
}

std::vector<std::string> AuthModule::check_copy(const backup::Copy& copy) const { return check_sealing(copy); }

}  // namespace dontgoback::auth
