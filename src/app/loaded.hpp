#pragma once

#include <filesystem>
#include <iosfwd>
#include <string>

#include "check_settings.hpp"
#include "program.hpp"

namespace dontgoback::app {

/// The configuration in a file, as a process with it would have it; for setup, which writes the file.
class Loaded {
 public:
  /// `instance`: the role, or `core-2`. Where there is no such file it is as if it were empty.
  Loaded(const ModuleTable& table, const config::Environment& environment, const std::filesystem::path& file,
         const std::string& instance, Look look);
  Loaded(const Loaded&) = delete;
  Loaded& operator=(const Loaded&) = delete;

  Modules modules;
  config::Settings settings;
  config::CommandLine line;
  config::Problems problems;  ///< what keeps it from being used
  config::Problems cautions;

  Program program(std::ostream& out, std::ostream& notes) { return {settings, line, modules, out, notes, false}; }
};

}  // namespace dontgoback::app
