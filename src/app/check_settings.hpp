#pragma once

#include "config/settings.hpp"

namespace dontgoback::app {

/// Checks what only the parts that use it understand: the zone, networks, the database's URL.
void check_settings(const config::Settings& settings, config::OptionSet& options, config::Problems& problems);

}  // namespace dontgoback::app
