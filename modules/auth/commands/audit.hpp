#pragma once

#include <vector>

#include "dontgoback/module.hpp"

namespace dontgoback::auth {

/// `audit`: what was refused and what operators did.
std::vector<Command> audit_commands();

}  // namespace dontgoback::auth
