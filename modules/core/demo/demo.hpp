#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "dontgoback/module.hpp"
#include "dontgoback/ports/asset_source.hpp"

namespace dontgoback::core::demo {

/// The subcommand `demo seed`: a few members with half a year of fortune, and what they wrote. A second run changes
/// nothing; a run that was cut short is completed by the next. `source` is asked when it runs.
std::vector<Command> commands(std::function<std::shared_ptr<ports::AssetSource>()> source);

}  // namespace dontgoback::core::demo
