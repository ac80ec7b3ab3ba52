#pragma once

#include <string>

#include "manual.hpp"

namespace dontgoback::config {

/// A function for bash's `complete`: commands, options, and values where they are files or a few words.
std::string bash_completion(const Declarations& of);

}  // namespace dontgoback::config
