#pragma once

#include <functional>
#include <iosfwd>
#include <string>
#include <vector>

#include "config/command_line.hpp"
#include "config/settings.hpp"
#include "modules.hpp"
#include "signals.hpp"

namespace dontgoback::app {

/// What a command of the command line may use: the configuration, read and checked. Commands make of it what they need.
struct Program {
  config::Settings& settings;
  config::CommandLine& line;
  Modules& modules;
  std::ostream& out;
  std::ostream& notes;  ///< what its reader should know besides the answer: standard error
  bool json;
};

/// A command the host brings itself, or a module's wrapped up.
struct ProgramCommand {
  config::CommandSyntax syntax;
  std::function<void(Program&)> run;
};

/// `db migrate|backup|restore|check`
std::vector<ProgramCommand> database_commands();
/// `backup create|verify|restore`
std::vector<ProgramCommand> backup_commands();
/// `config check`
std::vector<ProgramCommand> config_commands();
/// `jobs list|run`
std::vector<ProgramCommand> job_commands();
/// `routes list`
std::vector<ProgramCommand> route_commands();
/// Those of every module; refused with std::invalid_argument when the module does not run in the role.
std::vector<ProgramCommand> module_commands(Modules& modules);

/// For what works on a database and must not make one: a command in the wrong folder would answer from an empty one.
/// Throws std::invalid_argument when the node keeps an SQLite database whose file is not there.
void require_database(const Program& program);
/// Runs `work` as a module's command is run (see `Command`): without a server, on a database that is there and whose
/// schema is exactly that of the host and of `module`; of the host alone for an empty one. Throws std::runtime_error,
/// saying what to do, for one that is older, newer or has no such tables.
void with_host(Program& program, Command::Uses uses, std::string_view module, const std::function<void(Host&)>& work);

}  // namespace dontgoback::app
