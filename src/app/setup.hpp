#pragma once

#include <string>

#include "config/command_line.hpp"
#include "config/settings.hpp"
#include "modules.hpp"

namespace dontgoback::app {

/// What `dontgoback setup` takes besides the options of a node, which it writes into the node's configuration.
struct SetupOptions {
  std::string join;
  std::string join_file;
  std::string folder = "/etc/dontgoback";
  bool again = false;
  bool check = false;
  bool new_secret = false;

  config::CommandSyntax syntax();
};

/// The node's options as flags and variables have them, without any file.
struct SetupCall {
  const SetupOptions& options;
  const config::Settings& settings;
  config::CommandLine& line;
  Modules& modules;
  const ModuleTable& table;
  const config::Environment& environment;
  std::string instance;  ///< the role, or `core-2`
  bool json = false;
};

/// Makes a node: its configuration, its data directory, its keys and database, its place among others; then looks
/// whether it can work. What was done stays when something cannot be, and the same call goes on from there. Answers the
/// exit code: 0, or 1 when something is wrong. Throws std::invalid_argument for what cannot be used (2).
int set_up(const SetupCall& call);

}  // namespace dontgoback::app
