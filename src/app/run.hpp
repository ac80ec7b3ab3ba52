#pragma once

namespace dontgoback::app {

/// The whole program. Answers its exit code: 0 done, 1 failed, 2 wrong usage or configuration.
int run(int argc, const char* const* argv, const char* const* environment);

}  // namespace dontgoback::app
