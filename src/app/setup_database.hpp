#pragma once

#include <vector>

#include "dontgoback/setup.hpp"
#include "loaded.hpp"

namespace dontgoback::app {

/// Makes a node's database and keys, brings the schema to this version, and lets the node's modules do their part.
/// Beside a server that has the data directory a schema of another version is refused. What cannot be had now is said,
/// and had by the next call.
std::vector<setup::Said> prepare_node(Loaded& node);

}  // namespace dontgoback::app
