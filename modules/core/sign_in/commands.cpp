#include <limits>
#include <memory>
#include <ostream>
#include <stdexcept>

#include "dontgoback/config/table.hpp"
#include "invitation_commands.hpp"
#include "links.hpp"
#include "sign_in.hpp"

namespace dontgoback::core::sign_in {
namespace {

/// What an operator can do where there is no link for the account.
std::string way_out(const std::optional<accounts::Standing>& account) {
  if (!account) return {};
  const auto id = std::to_string(account->id.value);
  if (account->status == accounts::AccountStatus::suspended) {
    return " A link would not sign it in: `dontgoback users activate " + id + "` lifts the suspension.";
  }
  if (account->role == http::Role::guest) return " Make a member with `dontgoback users create`.";
  return {};
}

void sign_in_link(UserId id, Command::Context& context) {
  const auto& host = context.host;
  const auto account =
      host.database.read([&](storage::Connection& connection) { return accounts::find_standing(connection, id); });
  const auto link = make_link(host.database, host.clock, host.node.public_url, id);
  if (!link) throw std::runtime_error(std::string(link.failure().message.en) + way_out(account));
  if (account && accounts::is_hidden(account->status)) {
    context.notes << "the account is " << to_string(account->status)
                  << ": using the link makes it ACTIVE again, and everybody sees what it wrote\n";
  }
  config::Table table({"url"});
  table.add({*link});
  table.print_row(context.out, context.json, *link);
}

}  // namespace

Result<std::string> first_link(Host& host, UserId admin) {
  return make_link(host.database, host.clock, host.node.public_url, admin);
}

std::vector<Command> commands() {
  const auto id = std::make_shared<std::int64_t>(0);
  auto all = invitation_commands();
  all.push_back({"users", "sign-in-link", Command::Uses::writes,
                 "Print a link that signs the member in: once, within 15 minutes",
                 [id](config::Options& options) {
                   options.integer("id", *id, 1, std::numeric_limits<std::int64_t>::max(), "The account's id");
                 },
                 [id](Command::Context context) {
                   if (*id == 0) throw std::invalid_argument("the account's id is missing");
                   sign_in_link(UserId{*id}, context);
                 }});
  return all;
}

}  // namespace dontgoback::core::sign_in
