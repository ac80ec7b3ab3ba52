#pragma once

#include <memory>
#include <vector>

#include "dontgoback/module.hpp"
#include "keys/key_ring.hpp"

namespace dontgoback::auth {

/// `keys list|plan|rotate|retire|reset`. `ring` is there once the module has started; `rotation_days` holds the
/// option's value. `reset` becomes true when the keys are to be forgotten: the module does so when it starts, before
/// anything opens them.
std::vector<Command> key_commands(const std::unique_ptr<KeyRing>& ring, const std::int64_t& rotation_days, bool& reset);

}  // namespace dontgoback::auth
