#pragma once

#include <memory>
#include <vector>

#include "dontgoback/module.hpp"
#include "registry/registry.hpp"

namespace dontgoback::auth {

/// `clients add|list|show|rotate-secret|disable|enable|remove`. `registry` is there once the module has started. They
/// change the database; a server beside them follows within a second.
std::vector<Command> client_commands(const std::unique_ptr<Registry>& registry);

}  // namespace dontgoback::auth
