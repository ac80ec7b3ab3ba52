#include "run.hpp"

#include <algorithm>
#include <iostream>
#include <optional>
#include <stdexcept>

#include "check_settings.hpp"
#include "dontgoback/telemetry/log.hpp"
#include "program.hpp"
#include "serve.hpp"
#include "setup.hpp"
#include "telemetry/logging.hpp"
#include "version.hpp"

namespace dontgoback::app {
namespace {

constexpr const char* kDescription = "돈고백, DontGoBack: the whole service in one program";
constexpr const char* kDefaultDirectory = "/etc/dontgoback";

enum ExitCode { kDone = 0, kFailed = 1, kWrongUsage = 2 };

std::vector<ProgramCommand> commands_of(Modules& modules) {
  std::vector<ProgramCommand> all;
  for (auto& commands : {database_commands(), backup_commands(), config_commands(), job_commands(), route_commands(),
                         module_commands(modules)}) {
    all.insert(all.end(), commands.begin(), commands.end());
  }
  return all;
}

// A command's answer is for people: what it logs on the way is shown when asked for, or when something is wrong.
telemetry::Level command_level(config::CommandLine& line, const config::Settings& settings) {
  return line.options().find("log-level")->source == "default" ? telemetry::Level::warn : settings.log_level;
}

// A code that lets a node in, from what other users of the machine see of this process (ps).
void hide_codes(int argc, const char* const* argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    const bool is_code = argument.starts_with("--join=") || (i > 1 && std::string_view(argv[i - 1]) == "--join");
    if (!is_code) continue;
    const auto from = argument.starts_with("--join=") ? std::string_view("--join=").size() : 0;
    std::fill_n(const_cast<char*>(argv[i]) + from, argument.size() - from, 'x');
  }
}

int complain(const config::Problems& problems) {
  std::cerr << "dontgoback: the configuration cannot be used:\n";
  for (const auto& problem : problems) std::cerr << "  " << problem << '\n';
  return kWrongUsage;
}

int run_unguarded(int argc, const char* const* argv, const config::Environment& environment, const ModuleTable& table) {
  Modules modules(table);
  config::Settings settings(environment);
  config::CommandLine line(kDescription, std::string(kVersion));
  settings.declare(line.options(), table.roles);
  modules.declare(line.options());
  const auto commands = commands_of(modules);
  line.add({"", "serve", "Runs the node; what happens when no command is given", {}});
  SetupOptions setup;
  line.add(setup.syntax());
  for (const auto& command : commands) line.add(command.syntax);

  config::Problems problems;
  config::Problems warnings;
  const auto invocation = line.parse(argc, argv, environment, kDefaultDirectory, problems, warnings);
  if (!invocation.answer.empty()) {
    std::cout << invocation.answer;
    return kDone;
  }
  settings.resolve(line.options(), problems);
  modules.choose(settings, line.options(), problems);
  if (invocation.group.empty() && invocation.name == "setup") {
    hide_codes(argc, argv);
    if (line.options().find("config")->source == "flag") {
      problems.emplace_back("--config: setup writes the file of the role in --config-folder, and reads no other");
    }
    if (!problems.empty()) return complain(problems);
    telemetry::start_logging({command_level(line, settings), settings.log_json, settings.log_priorities});
    return set_up({setup, settings, line, modules, table, environment, invocation.instance, invocation.json});
  }

  const auto named = [&](const ProgramCommand& command) {
    return command.syntax.group == invocation.group && command.syntax.name == invocation.name;
  };
  const auto command = std::find_if(commands.begin(), commands.end(), named);
  const bool serves = command == commands.end();
  const bool judges_a_start = serves || invocation.group == "config";
  const auto cautions = check_settings(settings, modules, judges_a_start ? Look::at_files_too : Look::at_settings,
                                       line.options(), problems);
  if (!problems.empty()) return complain(problems);

  // Before any thread: the log's would otherwise take the signals.
  std::optional<Signals> signals;
  if (serves) signals.emplace();
  telemetry::start_logging(
      {serves ? settings.log_level : command_level(line, settings), settings.log_json, settings.log_priorities});
  for (const auto& warning : warnings) telemetry::log_warn(warning);
  if (serves) {
    for (const auto& caution : cautions) telemetry::log_warn(caution);
    serve(settings, modules, environment, *signals);
  } else {
    Program program{settings, line, modules, std::cout, std::cerr, invocation.json};
    command->run(program);
  }
  return kDone;
}

int guarded(int argc, const char* const* argv, const config::Environment& environment, const ModuleTable& table) {
  try {
    return run_unguarded(argc, argv, environment, table);
  } catch (const std::invalid_argument& error) {
    telemetry::flush_logs();
    std::cerr << "dontgoback: " << error.what() << '\n';
    return kWrongUsage;
  } catch (const std::exception& error) {
    telemetry::flush_logs();
    std::cerr << "dontgoback: " << error.what() << '\n';
    return kFailed;
  }
}

}  // namespace

int run(int argc, const char* const* argv, const char* const* environment, const ModuleTable& table) {
  ignore_failing_writes();
  const int code = guarded(argc, argv, config::read_environment(environment), table);
  std::cout.flush();
  telemetry::flush_logs();
  return code == kDone && !std::cout ? kFailed : code;
}

}  // namespace dontgoback::app
