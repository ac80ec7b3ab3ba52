#include "commands/clients.hpp"

#include <algorithm>
#include <memory>
#include <ostream>
#include <stdexcept>
#include <thread>

#include "clients/administration.hpp"
#include "clients/store.hpp"
#include "commands/client_arguments.hpp"
#include "commands/operator.hpp"
#include "dontgoback/config/table.hpp"
#include "dontgoback/time/day.hpp"

namespace dontgoback::auth {
namespace {

using config::Table;

constexpr std::chrono::milliseconds kUntilUsesAreWritten{2500};

using Configured = ConfiguredNode;
using Arguments = ClientArguments;
using Outcome = ClientAdministration::Outcome;

ClientAdministration administration(const Command::Context& context) {
  return {context.host.database, context.host.clock, command_line_operator()};
}

template <class T>
T needed(Result<T> result) {
  if (!result) throw std::runtime_error(std::string(result.failure().message.en));
  return std::move(result).value();
}

std::string method_of(const Client& client) { return client.keys.empty() ? "secret" : "private_key_jwt"; }

Table::Cell moment(const std::optional<time::Timestamp>& timestamp) {
  return timestamp ? Table::Cell(time::to_rfc3339(*timestamp)) : Table::Cell();
}

std::string state_of(const Client& client) {
  return client.disabled_at ? "disabled" : client.configured ? "configured" : "enabled";
}

void print_secret(const Command::Context& context, const std::string& id, const std::string& secret) {
  Table table({"clientId", "clientSecret"});
  table.add({id, secret.empty() ? Table::Cell() : Table::Cell(secret)});
  table.print_row(context.out, context.json);
  if (!context.json && !secret.empty()) context.out << "The secret is shown this once; only its digest is kept.\n";
}

/// Those from configuration, then those of the database that are not also given there.
std::vector<Client> known_clients(const Command::Context& context, const Configured& configured) {
  auto clients = configured.clients();
  auto stored = context.host.database.read([](storage::Connection& connection) { return all_clients(connection); });
  const auto given = clients.size();
  for (auto& client : stored) {
    const auto end = clients.begin() + static_cast<std::ptrdiff_t>(given);
    if (std::ranges::find(clients.begin(), end, client.id, &Client::id) == end) clients.push_back(std::move(client));
  }
  return clients;
}

std::optional<Client> find_client(const Command::Context& context, const Configured& configured,
                                  const std::string& id) {
  for (auto& client : known_clients(context, configured)) {
    if (client.id == id) return std::move(client);
  }
  return std::nullopt;
}

/// A client of the database; those from configuration are read-only here.
const std::string& changeable(const Configured& configured, const Arguments& given) {
  if (given.id.empty()) throw std::invalid_argument("the client's id is missing");
  const auto clients = configured.clients();
  if (std::ranges::find(clients, given.id, &Client::id) != clients.end()) {
    throw std::invalid_argument(given.id +
                                " comes from --auth-client; change it there (`clients revoke-tokens` takes back the "
                                "tokens it has)");
  }
  return given.id;
}

void print_done(const Command::Context& context, const std::string& id, std::string_view what) {
  Table table({"clientId", "done"});
  table.add({id, std::string(what)});
  table.print_row(context.out, context.json);
}

void done(const Command::Context& context, const std::string& id, std::string_view what, std::string_view otherwise,
          Result<Outcome> result) {
  print_done(context, id, needed(result) == Outcome::done ? what : otherwise);
}

void add(const Command::Context& context, const Configured& configured, const Arguments& given) {
  Client client;
  client.id = client.name = changeable(configured, given);
  apply(given, configured.issuer(context.host.node), client, context.notes);
  client.dpop = given.dpop;
  print_secret(context, client.id, needed(administration(context).add(client)));
}

void change(const Command::Context& context, const Configured& configured, const Arguments& given) {
  const auto& id = changeable(configured, given);
  if (given.name.empty() && given.scopes.empty() && given.other_scopes.empty() && given.audiences.empty() &&
      given.jwks_file.empty() && !given.change_dpop && !given.no_scopes && !given.no_audiences) {
    throw std::invalid_argument(
        "nothing to change: give --name, --scope, --other-scope (or --no-scopes), --audience (or --no-audiences), "
        "--jwks-file or "
        "--dpop");
  }
  const auto present = find_client(context, configured, id);
  if (!present) throw std::runtime_error("there is no such client");
  auto client = *present;
  apply(given, configured.issuer(context.host.node), client, context.notes);
  client.dpop = given.change_dpop.value_or(client.dpop);
  done(context, id, "changed", "nothing: it was so already", administration(context).change(client));
}

void list(const Command::Context& context, const Configured& configured, const Arguments&) {
  Table table({"id", "state", "authentication", "dpop", "scopes", "lastUsed"});
  for (const auto& client : known_clients(context, configured)) {
    std::optional<time::Timestamp> used;
    for (const auto& secret : client.secrets) used = std::max(used, secret.last_used_at);
    table.add({client.id, state_of(client), method_of(client), client.dpop, joined(client.scopes), moment(used)});
  }
  table.print(context.out, context.json);
}

void show(const Command::Context& context, const Configured& configured, const Arguments& given) {
  if (given.id.empty()) throw std::invalid_argument("the client's id is missing");
  const auto client = find_client(context, configured, given.id);
  if (!client) throw std::runtime_error("there is no such client");
  Table table({"id", "name", "state", "authentication", "dpop", "scopes", "audiences", "createdAt", "disabledAt",
               "secretMadeAt", "secretLastUsed", "oldSecretMadeAt", "oldSecretLastUsed", "keys"});
  const auto secret = [&](std::size_t i, auto member) -> Table::Cell {
    if (client->configured || i >= client->secrets.size()) return {};
    return moment(client->secrets[i].*member);
  };
  const auto made = [&](std::size_t i) -> Table::Cell {
    if (client->configured || i >= client->secrets.size()) return {};
    return time::to_rfc3339(client->secrets[i].created_at);
  };
  std::string kids;
  for (const auto& key : client->keys) kids += (kids.empty() ? "" : " ") + key.kid();
  table.add({client->id, client->name, state_of(*client), method_of(*client), client->dpop, joined(client->scopes),
             joined(client->audiences), client->configured ? Table::Cell() : time::to_rfc3339(client->created_at),
             moment(client->disabled_at), made(0), secret(0, &Secret::last_used_at), made(1),
             secret(1, &Secret::last_used_at), kids});
  table.print_row(context.out, context.json);
}

/// When the newer of two live secrets was last used, as far as servers beside this command have seen: they write a
/// first use within a second, and are given the time for it.
std::optional<time::Timestamp> last_use_of_newer(const Command::Context& context, const Configured& configured,
                                                 const std::string& id) {
  const auto end = std::chrono::steady_clock::now() + kUntilUsesAreWritten;
  while (true) {
    const auto client = find_client(context, configured, id);
    if (!client || client->secrets.size() < 2) return std::nullopt;
    const auto used = client->secrets.front().last_used_at;
    if (used || std::chrono::steady_clock::now() >= end) return used;
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
}

void rotate_secret(const Command::Context& context, const Configured& configured, const Arguments& given) {
  const auto& id = changeable(configured, given);
  if (given.finish && given.replace) throw std::invalid_argument("--finish and --replace: one or the other");
  if (given.force && !given.replace) throw std::invalid_argument("--force goes with --replace");
  if (!given.finish) {
    using Newer = ClientAdministration::Newer;
    const auto used = given.replace ? last_use_of_newer(context, configured, id) : std::nullopt;
    const auto newer = given.force ? Newer::replace : given.replace ? Newer::replace_unused : Newer::keep;
    auto secret = administration(context).rotate_secret(id, newer);
    if (!secret && used)
      throw std::runtime_error("the newer secret was last used at " + time::to_rfc3339(*used) + ": " +
                               std::string(secret.failure().message.en));
    return print_secret(context, id, needed(std::move(secret)));
  }
  Table table({"clientId", "endedSecrets"});
  table.add({id, needed(administration(context).finish_rotation(id))});
  table.print_row(context.out, context.json);
}

void revoke_tokens(const Command::Context& context, const Configured& configured, const Arguments& given) {
  if (!is_client_id(given.id)) throw std::invalid_argument("the client's id is missing, or is none");
  needed(administration(context).revoke_tokens(given.id));
  const auto client = find_client(context, configured, given.id);
  Table table({"clientId", "done", "client"});
  table.add({given.id, std::string("tokens issued until now are refused"),
             !client ? std::string("unknown here") : "stays " + state_of(*client)});
  table.print_row(context.out, context.json);
}

using Declare = void (*)(config::Options&, Arguments&);
using Run = void (*)(const Command::Context&, const Configured&, const Arguments&);

}  // namespace

std::vector<Command> client_commands(ConfiguredNode configured) {
  const auto command = [&configured](std::string name, Command::Uses uses, std::string help, Declare declare,
                                     Run run) -> Command {
    const auto given = std::make_shared<Arguments>();
    return {"clients",
            std::move(name),
            uses,
            std::move(help),
            [given, declare](config::Options& options) { declare(options, *given); },
            [given, run, configured](Command::Context context) { run(context, configured, *given); }};
  };
  using Uses = Command::Uses;
  return {
      command("add", Uses::writes, "Registers a client and prints its secret, once", declare_add, add),
      command("change", Uses::writes, "Replaces what is given of a client", declare_change, change),
      command(
          "list", Uses::reads, "Shows all clients, those from configuration too", [](config::Options&, Arguments&) {},
          list),
      command("show", Uses::reads, "Shows one client, and when each of its secrets was last used", declare_id, show),
      command(
          "rotate-secret", Uses::writes, "Prints a second secret; the old one goes on until --finish",
          [](config::Options& options, Arguments& given) {
            declare_id(options, given);
            options.toggle("--finish", given.finish, "End the old secret instead");
            options.toggle("--replace", given.replace,
                           "Two are live and the newer was lost: another in its place; whoever has it is refused then. "
                           "Not when it was used");
            options.toggle("--force", given.force, "With --replace: also when it was used");
          },
          rotate_secret),
      command("disable", Uses::writes, "Gives it no tokens any more and takes back those it has", declare_id,
              [](const Command::Context& context, const Configured& known, const Arguments& given) {
                const auto& id = changeable(known, given);
                done(context, id, "disabled", "it was disabled already; its tokens were taken back once more",
                     administration(context).disable(id));
              }),
      command("enable", Uses::writes, "Gives it tokens again", declare_id,
              [](const Command::Context& context, const Configured& known, const Arguments& given) {
                const auto& id = changeable(known, given);
                done(context, id, "enabled", "nothing: it was enabled already", administration(context).enable(id));
              }),
      command("remove", Uses::writes, "Removes it for good and takes back its tokens", declare_id,
              [](const Command::Context& context, const Configured& known, const Arguments& given) {
                const auto& id = changeable(known, given);
                needed(administration(context).remove(id));
                print_done(context, id, "removed");
              }),
      command("revoke-tokens", Uses::writes,
              "Takes back the tokens that any client has, one from configuration too; it stays", declare_id,
              revoke_tokens),
  };
}

}  // namespace dontgoback::auth
