#pragma once

#include <functional>
#include <vector>

#include "clients/client.hpp"
#include "dontgoback/module.hpp"

namespace dontgoback::auth {

/// What the commands must know of the configuration, asked when one runs.
struct ConfiguredNode {
  std::function<std::vector<Client>()> clients;
  std::function<std::string(const config::Node&)> issuer;
};

/// `clients add|change|list|show|rotate-secret|disable|enable|remove|revoke-tokens`. `configured` answers the clients
/// from configuration, without secrets. They change the database; a server beside them follows within a second.
std::vector<Command> client_commands(ConfiguredNode configured);

}  // namespace dontgoback::auth
