#pragma once

#include <vector>

#include "dontgoback/module.hpp"

namespace dontgoback::core {

/// `dontgoback users create | list | sign-in-link | suspend | activate`: members by hand, for an operator.
std::vector<Command> users_commands();

}  // namespace dontgoback::core
