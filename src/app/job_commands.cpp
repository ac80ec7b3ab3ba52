#include <memory>
#include <optional>
#include <ostream>
#include <stdexcept>

#include "dontgoback/config/table.hpp"
#include "dontgoback/time/day.hpp"
#include "program.hpp"

namespace dontgoback::app {
namespace {

using config::Table;

Table::Cell moment(const std::optional<time::Timestamp>& timestamp) {
  return timestamp ? Table::Cell(time::to_rfc3339(*timestamp)) : Table::Cell();
}

void list(Program& program) {
  with_host(program, [&](Host& host) {
    Table table({"name", "running", "lastStarted", "lastFinished", "next", "lastResult"});
    for (const auto& job : host.scheduler.states()) {
      table.add({job.name, job.running, moment(job.last_started), moment(job.last_finished), moment(job.next),
                 job.last_result});
    }
    table.print(program.out, program.json);
  });
}

void run(Program& program, const std::string& name) {
  with_host(program, [&](Host& host) {
    const auto result = host.scheduler.run_now(name);
    if (!result) {
      const auto& failure = result.failure();
      if (failure.kind == FailureKind::not_found) throw std::invalid_argument(name + ": there is no such job");
      throw std::runtime_error(name + ": " + std::string(failure.message.en));
    }
    Table table({"name", "result"});
    table.add({name, *result});
    table.print(program.out, program.json);
  });
}

}  // namespace

std::vector<ProgramCommand> job_commands() {
  const auto name = std::make_shared<std::string>();
  return {
      {{"jobs", "list", "Shows the jobs of this role, when they ran and when they run next", {}}, list},
      {{"jobs", "run", "Runs a job now, unless a node runs it already",
        [name](config::Options& options) { options.text("name", *name, "The job"); }},
       [name](Program& program) { run(program, *name); }},
  };
}

}  // namespace dontgoback::app
