#include "dontgoback/config/table.hpp"
#include "program.hpp"

namespace dontgoback::app {
namespace {

using config::Table;

// Every value that is in force and where it came from. Secrets are in files, so that only their names are shown.
void check(Program& program) {
  Table table({"option", "value", "from"});
  for (const auto& option : program.line.options().options()) {
    table.add({option.name, option.value(), option.source});
  }
  table.print(program.out, program.json);
}

}  // namespace

std::vector<ProgramCommand> config_commands() {
  return {{{"config", "check", "Shows every option's value and where it came from; exit code 2 if one is wrong", {}},
           check}};
}

}  // namespace dontgoback::app
