#pragma once

#include <functional>
#include <vector>

#include "clients/client.hpp"
#include "dontgoback/module.hpp"

namespace dontgoback::auth {

/// `clients add|change|list|show|rotate-secret|disable|enable|remove|revoke-tokens`. `configured` answers the clients
/// from configuration, without secrets. They change the database; a server beside them follows within a second.
std::vector<Command> client_commands(std::function<std::vector<Client>()> configured);

}  // namespace dontgoback::auth
