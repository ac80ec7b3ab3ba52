#pragma once

#include <vector>

#include "dontgoback/setup.hpp"
#include "loaded.hpp"

namespace dontgoback::app {

/// What keeps a node, or those that reach it, from working, as far as can be seen from here: its settings, files, disk
/// space, ports, clock, the other nodes and their certificates. A sentence each of what is wrong and what to do.
/// Changes nothing.
std::vector<setup::Said> check_node(Loaded& node, const std::string& instance, const time::Clock& clock);

}  // namespace dontgoback::app
