#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "accounts/accounts.hpp"
#include "dontgoback/module.hpp"
#include "dontgoback/ports/asset_source.hpp"
#include "feed/feed.hpp"

namespace dontgoback::core::demo {

/// The subcommand `demo seed`: a few members with half a year of fortune, and what they wrote. A second run changes
/// nothing; a run that was cut short is completed by the next. `source` is asked when it runs; the others are to live
/// as long as the commands.
std::vector<Command> commands(const accounts::LifeCycle& life_cycle, const accounts::Directory& directory,
                              const feed::Listeners& listeners,
                              std::function<std::shared_ptr<ports::AssetSource>()> source);

}  // namespace dontgoback::core::demo
