#pragma once

#include "config/settings.hpp"
#include "modules.hpp"

namespace dontgoback::app {

enum class Look { at_settings, at_files_too };

/// Checks what only the parts that use it understand: the zone, networks, the database's URL, the modules' settings. A
/// start and `config check` also look at the data directory and at every file that the start would read; other
/// commands leave those to whoever uses them. Nothing is changed, made or locked. Answers what a server says at its
/// start, and nothing keeps it from.
config::Problems check_settings(const config::Settings& settings, const Modules& modules, Look look,
                                config::OptionSet& options, config::Problems& problems);

}  // namespace dontgoback::app
