#pragma once

#include "config/environment.hpp"
#include "config/settings.hpp"
#include "modules.hpp"
#include "signals.hpp"

namespace dontgoback::app {

/// Runs the node until a signal; then lets what was begun finish.
void serve(config::Settings& settings, Modules& modules, const config::Environment& environment,
           const Signals& signals);

}  // namespace dontgoback::app
