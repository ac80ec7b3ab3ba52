#include <stdexcept>

#include "no_database.hpp"
#include "program.hpp"
#include "runtime.hpp"

namespace dontgoback::app {
namespace {

std::unique_ptr<storage::Database> open_for(const Program& program, Command::Uses uses, std::string_view module) {
  if (program.modules.migrations().empty()) return std::make_unique<NoDatabase>();
  require_database(program);
  auto settings = database_settings(program.settings);
  settings.may_create = false;
  auto needed = host_migrations();
  const auto own = program.modules.migrations_of(module);
  needed.insert(needed.end(), own.begin(), own.end());
  // Also for one that writes: when it is refused, nothing has been touched.
  auto to_read = storage::open_to_read(settings);
  if (const auto problem = storage::schema_problem(*to_read, needed)) {
    throw std::runtime_error(program.settings.database + ": " + *problem);
  }
  if (uses == Command::Uses::reads) return to_read;
  return storage::open_database(settings);
}

}  // namespace

void with_host(Program& program, Command::Uses uses, std::string_view module, const std::function<void(Host&)>& work) {
  program.settings.listens_at(program.settings.listen);
  Runtime runtime(program.settings, program.modules, open_for(program, uses, module));
  if (uses == Command::Uses::writes) runtime.look_at_clock();
  runtime.connect();
  work(runtime.host());
}

std::vector<ProgramCommand> module_commands(Modules& modules) {
  std::vector<ProgramCommand> commands;
  for (auto& [module, command] : modules.commands()) {
    config::CommandSyntax syntax{command.group, command.name, command.help, std::move(command.declare)};
    commands.push_back(
        {std::move(syntax), [module, uses = command.uses, run = std::move(command.run)](Program& program) {
           if (!program.modules.runs(module)) {
             throw std::invalid_argument("this is a command of " + std::string(module) +
                                         ", which does not run in role " + program.settings.node.role);
           }
           with_host(program, uses, module, [&](Host& host) { run({host, program.out, program.notes, program.json}); });
         }});
  }
  return commands;
}

}  // namespace dontgoback::app
