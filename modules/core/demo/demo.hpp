#pragma once

#include <vector>

#include "accounts/accounts.hpp"
#include "dontgoback/module.hpp"

namespace dontgoback::core::demo {

/// The subcommand `demo seed`: a few members with half a year of fortune, and what they wrote. A second run changes
/// nothing; a run that was cut short is completed by the next.
/// Both are to live as long as the commands.
std::vector<Command> commands(const accounts::LifeCycle& life_cycle, const accounts::Directory& directory);

}  // namespace dontgoback::core::demo
