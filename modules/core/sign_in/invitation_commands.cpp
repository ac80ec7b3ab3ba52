#include "invitation_commands.hpp"

#include <limits>
#include <memory>
#include <ostream>
#include <stdexcept>

#include "dontgoback/config/table.hpp"
#include "dontgoback/time/day.hpp"
#include "invitation_store.hpp"

namespace dontgoback::core::sign_in {
namespace {

struct Arguments {
  std::int64_t uses = 1;
  std::int64_t days = 7;
  std::int64_t id = 0;
};

void print_invite(const Arguments& given, Command::Context& context) {
  auto& host = context.host;
  const auto now = host.clock.now();
  const auto expires_at = now + std::chrono::hours(24 * given.days);
  const auto code = host.database.write(
      [&](storage::Connection& connection) { return invite(connection, given.uses, expires_at, now); });
  const auto url = host.node.public_url + "/login?invitation=" + code;
  config::Table table({"url", "uses", "expiresAt"});
  table.add({url, given.uses, time::to_rfc3339(expires_at)});
  table.print_row(context.out, context.json, url);
}

void print_open(Command::Context& context) {
  auto& host = context.host;
  config::Table table({"invitationId", "usesLeft", "expiresAt"});
  const auto open = host.database.read(
      [&](storage::Connection& connection) { return open_invitations(connection, host.clock.now()); });
  for (const auto& each : open) table.add({each.id, each.uses_left, time::to_rfc3339(each.expires_at)});
  table.print(context.out, context.json);
}

void revoke(const Arguments& given, Command::Context& context) {
  if (given.id == 0) throw std::invalid_argument("the invitation's id is missing");
  const bool done = context.host.database.write(
      [&](storage::Connection& connection) { return revoke_invitation(connection, given.id); });
  if (!done) throw std::runtime_error("there is no such invitation");
  config::Table table({"done", "invitationId"});
  table.add({std::string("revoked"), given.id});
  table.print_row(context.out, context.json);
}

}  // namespace

std::vector<Command> invitation_commands() {
  const auto given = std::make_shared<Arguments>();
  return {{"users", "invite", Command::Uses::writes, "Print a link for signing up where that needs an invitation",
           [given](config::Options& options) {
             options.integer("--uses", given->uses, 1, 100'000, "How many may sign up with it");
             options.integer("--days", given->days, 1, 365, "How long it is good");
           },
           [given](Command::Context context) { print_invite(*given, context); }},
          {"users", "invitations", Command::Uses::reads, "List the invitations that can be used now",
           [](config::Options&) {}, [](Command::Context context) { print_open(context); }},
          {"users", "revoke-invitation", Command::Uses::writes, "Take an invitation back",
           [given](config::Options& options) {
             options.integer("id", given->id, 1, std::numeric_limits<std::int64_t>::max(), "The invitation's id");
           },
           [given](Command::Context context) { revoke(*given, context); }}};
}

}  // namespace dontgoback::core::sign_in
