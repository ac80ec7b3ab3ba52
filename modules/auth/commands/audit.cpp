#include "commands/audit.hpp"

#include <limits>
#include <memory>

#include "audit/store.hpp"
#include "dontgoback/config/table.hpp"
#include "dontgoback/time/day.hpp"

namespace dontgoback::auth {
namespace {

struct Arguments {
  std::string client;
  std::int64_t before = 0;
  std::int64_t limit = 100;
};

void print(const Command::Context& context, const Arguments& given) {
  const auto entries = context.host.database.read([&](storage::Connection& connection) {
    return list_entries(connection, given.before, given.limit, given.client);
  });
  config::Table table({"id", "at", "actor", "action", "subject", "address", "result", "reason", "times"});
  for (const auto& entry : entries) {
    table.add({entry.id, time::to_rfc3339(entry.at), entry.actor.name, entry.action, entry.subject, entry.actor.address,
               entry.result, entry.reason, entry.times});
  }
  table.print(context.out, context.json);
}

}  // namespace

std::vector<Command> audit_commands() {
  const auto given = std::make_shared<Arguments>();
  return {{"", "audit", Command::Uses::reads, "Shows refusals and administrative acts, the newest first",
           [given](config::Options& options) {
             options.text("--client", given->client, "Only what is by or about this client, operator or key");
             options.integer("--before", given->before, 0, std::numeric_limits<std::int64_t>::max(),
                             "Only ids below this; 0: from the newest");
             options.integer("--limit", given->limit, 1, kMaxAuditRows, "At most so many");
           },
           [given](Command::Context context) { print(context, *given); }}};
}

}  // namespace dontgoback::auth
