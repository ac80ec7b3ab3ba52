#pragma once

#include "config/settings.hpp"
#include "modules.hpp"

namespace dontgoback::app {

/// Completes, or throws away, what a `backup restore` that was killed has left in the data directory. Under its lock.
void end_interrupted_restore(const config::Settings& settings, const Modules& modules);

/// The same for who has no lock; nothing is done where nothing was left. Throws DataDirInUse beside a server.
void end_interrupted_restore_alone(const config::Settings& settings, const Modules& modules);

}  // namespace dontgoback::app
