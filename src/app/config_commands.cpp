#include <stdexcept>

#include "check_database.hpp"
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
  const auto problems = problems_in_database(program);
  if (problems.empty()) return;
  std::string text = "the node cannot start with what it has kept:";
  for (const auto& problem : problems) text += "\n  " + problem;
  throw std::invalid_argument(text);
}

}  // namespace

std::vector<ProgramCommand> config_commands() {
  return {
      {{"config",
        "check",
        "Shows every option's value and where it came from; exit code 2 if one is wrong, or what the node has kept is",
        {}},
       check}};
}

}  // namespace dontgoback::app
