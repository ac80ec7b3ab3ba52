#pragma once

#include "module_table.hpp"

namespace dontgoback::app {

/// The whole program, of the modules in the table. Answers its exit code: 0 done, 1 failed, 2 wrong usage or
/// configuration.
int run(int argc, const char* const* argv, const char* const* environment, const ModuleTable& table);

}  // namespace dontgoback::app
