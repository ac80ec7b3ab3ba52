#include <memory>
#include <optional>
#include <ostream>
#include <stdexcept>

#include "data_dir_lock.hpp"
#include "http/client/pooled_client.hpp"
#include "job_states.hpp"
#include "program.hpp"

namespace dontgoback::app {
namespace {

using config::Table;

constexpr std::chrono::seconds kAskFor{1};

std::string named(const ServerOnDirectory& server) {
  return "process " + std::to_string(server.process_id) + " at " + server.management_url;
}

/// The answer of the server itself, or why there is none.
std::optional<JobReport> ask(const ServerOnDirectory& server, std::string& why_not) {
  http::ClientRequest request;
  request.url = server.management_url + "/jobs";
  request.time_limit = kAskFor;
  const auto answer = http::make_client()->send(request);
  auto report = answer && answer->status == 200 ? read_job_report(answer->body) : std::nullopt;
  if (report && report->processId == server.process_id) return report;
  why_not = "the server of the data directory (" + named(server) + ") " +
            (answer && !report ? "answers " + std::to_string(answer->status) : "does not answer");
  return std::nullopt;
}

/// Without a server, from the database: it knows the jobs that one node runs for all.
void list_without_server(Program& program, const std::string& why_not) {
  const bool has_database = !program.modules.migrations().empty();
  auto table = job_table();
  with_host(program, Command::Uses::reads, {}, [&](Host& host) {
    for (const auto& job : host.scheduler.peek()) {
      const bool is_known = job.once_for_all_nodes && has_database;
      JobRow unknown;
      unknown.name = job.name;
      add_row(table, is_known ? row_of(job) : unknown, is_known ? "database" : "");
    }
  });
  table.print(program.out, program.json);
  program.notes << why_not << ": "
                << (has_database
                        ? "what is shown is from the database. What each node runs for itself only its server "
                          "knows\n"
                        : "this role keeps no database, and only a running server knows more than the names\n");
}

void list(Program& program) {
  const auto& data_dir = program.settings.node.data_dir;
  std::string why_not = "no server runs on " + data_dir.string();
  const auto server = server_on(data_dir);
  const auto report = server ? ask(*server, why_not) : std::nullopt;
  if (!report) return list_without_server(program, why_not);
  auto table = job_table();
  for (const auto& row : report->jobs) add_row(table, row, "server");
  table.print(program.out, program.json);
  program.notes << "as the running server knows them (role " << report->role << ", " << named(*server) << ")\n";
}

void run(Program& program, const std::string& name) {
  std::string owner;
  with_host(program, Command::Uses::reads, {}, [&](Host&) { owner = program.modules.owner_of_job(name); });
  with_host(program, Command::Uses::writes, owner, [&](Host& host) {
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
      {{"jobs", "list", "Shows the jobs: as the running server knows them, else what the database knows", {}}, list},
      {{"jobs", "run", "Runs a job now, unless a node runs it already",
        [name](config::Options& options) { options.text("name", *name, "The job"); }},
       [name](Program& program) { run(program, *name); }},
  };
}

}  // namespace dontgoback::app
