#include "clients/commands.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <memory>
#include <ostream>
#include <stdexcept>

#include "audit/operator.hpp"
#include "clients/administration.hpp"
#include "clients/store.hpp"
#include "dontgoback/config/table.hpp"
#include "dontgoback/json/reader.hpp"
#include "dontgoback/text/utf8.hpp"
#include "dontgoback/time/day.hpp"
#include "endpoints/issuer.hpp"

namespace dontgoback::auth {
namespace {

using config::Table;

constexpr std::size_t kLongestName = 100;

/// What the command line gave.
struct Arguments {
  std::string id;
  std::string name;
  std::vector<std::string> scopes;
  std::vector<std::string> audiences;
  std::string jwks_file;
  bool no_scopes = false;     ///< of a change: takes all it has
  bool no_audiences = false;  ///< the same
  bool dpop = false;
  std::optional<bool> change_dpop;  ///< nothing: as it was
  bool finish = false;
  bool replace = false;
};

using Configured = std::function<std::vector<Client>()>;
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
  auto clients = configured();
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
  const auto clients = configured();
  if (std::ranges::find(clients, given.id, &Client::id) != clients.end()) {
    throw std::invalid_argument(given.id +
                                " comes from --auth-client; change it there (`clients revoke-tokens` takes back the "
                                "tokens it has)");
  }
  return given.id;
}

bool has_private_key(const std::string& jwks) {
  const auto document = json::parse(jwks);
  const auto* keys = document && document->is_object() ? document->get_object().if_contains("keys") : nullptr;
  if (keys == nullptr || !keys->is_array()) return false;
  return std::any_of(keys->get_array().begin(), keys->get_array().end(), [](const boost::json::value& key) {
    return key.is_object() && (key.get_object().contains("d") || key.get_object().contains("k"));
  });
}

std::string read_jwks(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  if (!in) throw std::invalid_argument("--jwks-file: " + file + " cannot be read");
  if (has_private_key(text)) {
    throw std::invalid_argument("--jwks-file: " + file + " holds a private key; give the public half only");
  }
  const auto keys = security::parse_jwks(text);
  if (!keys || keys->empty()) {
    throw std::invalid_argument("--jwks-file: " + file + " has no RSA (2048 to 4096 bit) or P-256 key to verify with");
  }
  return text;
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

/// Fills in what was given. Throws std::invalid_argument naming everything that is wrong with it.
void apply(const Command::Context& context, const Arguments& given, Client& client) {
  std::string wrong;
  const auto complain = [&wrong](const std::string& about) { wrong += (wrong.empty() ? "" : "; ") + about; };
  if (!is_client_id(client.id)) complain("the id must be 1 to 64 printable ASCII characters without a space");
  if (!given.name.empty()) client.name = given.name;
  if (!text::is_utf8(client.name) || text::code_points(client.name) > kLongestName) {
    complain("--name: at most 100 characters of UTF-8");
  }
  if (given.no_scopes && !given.scopes.empty()) complain("--scope and --no-scopes: one or the other");
  if (given.no_audiences && !given.audiences.empty()) complain("--audience and --no-audiences: one or the other");
  if (given.no_scopes) client.scopes.clear();
  if (given.no_audiences) client.audiences.clear();
  if (!given.scopes.empty()) client.scopes = words_of(joined(given.scopes));
  for (const auto& scope : client.scopes) {
    if (!is_scope(scope)) complain("--scope: '" + scope + "' is no scope (RFC 6749 section 3.3)");
  }
  if (!given.audiences.empty()) client.audiences = words_of(joined(given.audiences));
  for (const auto& audience : client.audiences) {
    if (!is_audience(audience)) complain("--audience: '" + audience + "' is no absolute URI without fragment");
  }
  const auto& node = context.host.node;
  if (const auto size = largest_token_of(client, node.issuer.empty() ? node.own_url : node.issuer);
      size > kLargestToken) {
    complain("its tokens could have " + std::to_string(size) + " bytes, more than " + std::to_string(kLargestToken) +
             ": id, scopes and audiences must be shorter");
  }
  if (!wrong.empty()) throw std::invalid_argument(wrong);
  if (!given.jwks_file.empty()) client.jwks = read_jwks(given.jwks_file);
}

void add(const Command::Context& context, const Configured& configured, const Arguments& given) {
  Client client;
  client.id = client.name = changeable(configured, given);
  apply(context, given, client);
  client.dpop = given.dpop;
  print_secret(context, client.id, needed(administration(context).add(client)));
}

void change(const Command::Context& context, const Configured& configured, const Arguments& given) {
  const auto& id = changeable(configured, given);
  if (given.name.empty() && given.scopes.empty() && given.audiences.empty() && given.jwks_file.empty() &&
      !given.change_dpop && !given.no_scopes && !given.no_audiences) {
    throw std::invalid_argument(
        "nothing to change: give --name, --scope (or --no-scopes), --audience (or --no-audiences), --jwks-file or "
        "--dpop");
  }
  const auto present = find_client(context, configured, id);
  if (!present) throw std::runtime_error("there is no such client");
  auto client = *present;
  apply(context, given, client);
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

void rotate_secret(const Command::Context& context, const Configured& configured, const Arguments& given) {
  const auto& id = changeable(configured, given);
  if (given.finish && given.replace) throw std::invalid_argument("--finish and --replace: one or the other");
  if (!given.finish) {
    const auto newer = given.replace ? ClientAdministration::Newer::replace : ClientAdministration::Newer::keep;
    return print_secret(context, id, needed(administration(context).rotate_secret(id, newer)));
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

void declare_id(config::Options& options, Arguments& given) { options.text("id", given.id, "The client's id"); }

void declare_description(config::Options& options, Arguments& given) {
  declare_id(options, given);
  options.text("--name", given.name, "What it is, for people");
  options.list("--scope", given.scopes, "A scope it may ask for; repeatable. It has none that is not given");
  options.list("--audience", given.audiences,
               "A resource (RFC 8707) it may ask for besides urn:dontgoback; repeatable");
  options.text("--jwks-file", given.jwks_file,
               "Its public keys (RFC 7517): it signs assertions (private_key_jwt) and has no secret");
}

void declare_add(config::Options& options, Arguments& given) {
  declare_description(options, given);
  options.toggle("--dpop", given.dpop, "It must prove a key (RFC 9449) for every token");
}

void declare_change(config::Options& options, Arguments& given) {
  declare_description(options, given);
  options.toggle("--no-scopes", given.no_scopes, "Takes all its scopes");
  options.toggle("--no-audiences", given.no_audiences, "Takes all its audiences");
  options.choice<std::optional<bool>>("--dpop", given.change_dpop, {{"true", true}, {"false", false}},
                                      "Whether it must prove a key (RFC 9449) for every token");
}

}  // namespace

std::vector<Command> client_commands(std::function<std::vector<Client>()> configured) {
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
                           "Two are live and the newer was lost: another in its place; whoever has it is refused then");
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
