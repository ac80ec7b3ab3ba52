#include <stdexcept>

#include "data_dir_lock.hpp"
#include "program.hpp"
#include "runtime.hpp"

namespace dontgoback::app {

void with_runtime(Program& program, const std::function<void(Runtime&)>& work) {
  require_database(program);
  make_data_dir(program.settings.node.data_dir);
  program.settings.listens_at(program.settings.listen);
  Runtime runtime(program.settings, program.rooms);
  runtime.start();
  work(runtime);
}

void with_host(Program& program, const std::function<void(Host&)>& work) {
  with_runtime(program, [&work](Runtime& runtime) { work(runtime.host()); });
}

std::vector<ProgramCommand> module_commands(Rooms& rooms) {
  std::vector<ProgramCommand> commands;
  for (auto& [module, command] : rooms.commands()) {
    config::CommandSyntax syntax{command.group, command.name, command.help, std::move(command.declare)};
    commands.push_back({std::move(syntax), [module, run = std::move(command.run)](Program& program) {
                          if (!program.rooms.runs(module)) {
                            throw std::invalid_argument("this is a command of " + std::string(module) +
                                                        ", which does not run in role " + program.settings.node.role);
                          }
                          with_host(program, [&](Host& host) { run({host, program.out, program.json}); });
                        }});
  }
  return commands;
}

}  // namespace dontgoback::app
