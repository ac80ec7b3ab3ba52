#include "commands/nodes.hpp"

#include <memory>
#include <ostream>
#include <stdexcept>

#include "commands/operator.hpp"
#include "dontgoback/config/table.hpp"
#include "dontgoback/time/day.hpp"
#include "nodes/code.hpp"

namespace dontgoback::auth {
namespace {

struct Arguments {
  std::string role;
  std::string client;
  std::int64_t hours = 24;
};

void invite(const Command::Context& context, const InvitingNode& node, const Arguments& given) {
  NodeAdmission admission(context.host.database, context.host.clock);
  using Kind = StoredCode::Kind;
  const auto kind = given.client.empty() ? Kind::of_operator : Kind::of_known_client;
  const auto made = admission.invite({given.role, std::chrono::hours(given.hours), kind, given.client},
                                     node.configured(), command_line_operator());
  if (!made) throw std::runtime_error(std::string(made.failure().message.en));
  const auto line = join_line(context.host, node, given.role, *made);
  config::Table table({"clientId", "role", "line", "expiresAt"});
  table.add({made->client_id, given.role, line, time::to_rfc3339(made->ends_at)});
  table.print_row(context.out, context.json, line);
  context.notes << "to be run once on that machine, until " << time::to_rfc3339(made->ends_at) << '\n';
}

void list(const Command::Context& context) {
  config::Table table({"clientId", "role", "url", "toldAt"});
  for (const auto& node : NodeAdmission(context.host.database, context.host.clock).nodes()) {
    table.add({node.client_id, node.role, node.url, time::to_rfc3339(node.told_at)});
  }
  table.print(context.out, context.json);
}

void list_codes(const Command::Context& context) {
  config::Table table({"clientId", "role", "for", "expiresAt"});
  for (const auto& code : NodeAdmission(context.host.database, context.host.clock).open_codes()) {
    const auto* use = code.kind == StoredCode::Kind::of_known_client ? "a node that is there" : "a new node";
    table.add({code.client_id, code.role, std::string(use), time::to_rfc3339(code.ends_at)});
  }
  table.print(context.out, context.json);
}

void withdraw(const Command::Context& context, const Arguments& given) {
  if (given.client.empty())
    throw std::invalid_argument("the client's id is missing: `dontgoback nodes codes` shows it");
  NodeAdmission admission(context.host.database, context.host.clock);
  const auto withdrawn = admission.withdraw(given.client, command_line_operator());
  if (!withdrawn) throw std::runtime_error(std::string(withdrawn.failure().message.en));
  config::Table table({"clientId", "done"});
  table.add({given.client, std::string("withdrawn")});
  table.print(context.out, context.json);
}

}  // namespace

std::string join_line(Host& host, const InvitingNode& node, std::string_view role,
                      const NodeAdmission::Invitation& invitation) {
  const auto made_at = std::chrono::floor<std::chrono::seconds>(invitation.made_at).time_since_epoch().count();
  const JoinCode code{node.issuer(host.node), node.thumbprint(host), invitation.secret,
                      std::string(role),      invitation.client_id,  made_at};
  return "dontgoback setup --role=" + std::string(role) + " --join=" + to_text(code);
}

std::vector<Command> node_commands(InvitingNode node) {
  const auto given = std::make_shared<Arguments>();
  return {{"nodes", "invite", Command::Uses::writes,
           "Prints the line that makes a core or extension node of another machine, once",
           [given](config::Options& options) {
             options.text("role", given->role, "core or extension");
             options.integer("--hours", given->hours, 1, 24 * 7, "How long it is good");
             options.text("--client", given->client,
                          "The node is that client, and its secrets end: for one whose secret is lost or stolen");
           },
           [given, node](Command::Context context) { invite(context, node, *given); }},
          {"nodes", "list", Command::Uses::reads, "Shows the nodes that have joined, and where they are",
           [](config::Options&) {}, [](Command::Context context) { list(context); }},
          {"nodes", "codes", Command::Uses::reads, "Shows the codes that would let a node in now",
           [](config::Options&) {}, [](Command::Context context) { list_codes(context); }},
          {"nodes", "withdraw", Command::Uses::writes, "Ends the codes of a client that were not used",
           [given](config::Options& options) { options.text("client", given->client, "The client's id"); },
           [given](Command::Context context) { withdraw(context, *given); }}};
}

}  // namespace dontgoback::auth
