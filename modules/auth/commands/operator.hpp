#pragma once

#include "audit/entry.hpp"

namespace dontgoback::auth {

/// The operator of this process: `cli:NAME`, the name of its user, or the number of one that has none; on this machine.
Actor command_line_operator();

}  // namespace dontgoback::auth
