#pragma once

#include <vector>

#include "dontgoback/module.hpp"

namespace dontgoback::core::demo {

/// The subcommand `demo seed`: a few members with half a year of fortune, and what they wrote. A second run changes
/// nothing; a run that was cut short is completed by the next.
std::vector<Command> commands();

}  // namespace dontgoback::core::demo
