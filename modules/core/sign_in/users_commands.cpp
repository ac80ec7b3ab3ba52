#include <algorithm>
#include <limits>
#include <memory>
#include <ostream>
#include <stdexcept>

#include "accounts/accounts.hpp"
#include "dontgoback/json/writer.hpp"
#include "dontgoback/text/utf8.hpp"
#include "links.hpp"
#include "sign_in.hpp"

namespace dontgoback::core::sign_in {
namespace {

constexpr std::int64_t kMaxId = std::numeric_limits<std::int64_t>::max();
constexpr std::size_t kMaxReason = 200;
constexpr std::size_t kMaxEmail = 254;  // RFC 5321, section 4.5.3.1.3

/// What the command line gave.
struct Arguments {
  std::int64_t id = 0;
  std::string member_role = "USER";
  std::string email;
  std::string reason;
  std::int64_t after = 0;
  std::int64_t limit = 100;
};

UserId needed_id(const Arguments& given) {
  if (given.id == 0) throw std::invalid_argument("the account's id is missing");
  return UserId{given.id};
}

http::Role member_role(const std::string& text) {
  if (text == "USER") return http::Role::user;
  if (text == "ADMIN") return http::Role::admin;
  throw std::invalid_argument("--member-role: must be USER or ADMIN");
}

std::optional<std::string> checked_email(const std::string& text) {
  if (text.empty()) return std::nullopt;
  const auto at = text.find('@');
  const bool visible = std::all_of(text.begin(), text.end(), [](unsigned char c) { return c > ' ' && c != 0x7F; });
  if (at == 0 || at == std::string::npos || at != text.rfind('@') || at + 1 == text.size() || !visible ||
      text.size() > kMaxEmail || !text::is_utf8(text)) {
    throw std::invalid_argument("--email: not an e-mail address");
  }
  return text;
}

void write_account(json::Writer& writer, const accounts::Account& account) {
  writer.begin_object();
  writer.field("userId", account.id);
  writer.field("userRole", accounts::to_string(account.role));
  writer.field("status", to_string(account.status));
  writer.field("userName", account.name());
  writer.end_object();
}

void print_accounts(Command::Context& context, const std::vector<accounts::Account>& accounts) {
  if (context.json) {
    std::string text;
    json::Writer writer(text);
    writer.begin_array();
    for (const auto& account : accounts) write_account(writer, account);
    writer.end_array();
    context.out << text << '\n';
    return;
  }
  context.out << "id\trole\tstatus\tname\n";
  for (const auto& account : accounts) {
    context.out << account.id.value << '\t' << accounts::to_string(account.role) << '\t' << to_string(account.status)
                << '\t' << account.name() << '\n';
  }
}

void print_account(Command::Context& context, const accounts::Account& account) {
  if (!context.json) return print_accounts(context, {account});
  std::string text;
  json::Writer writer(text);
  write_account(writer, account);
  context.out << text << '\n';
}

void create(Command::Context& context, const Arguments& given) {
  const auto role = member_role(given.member_role);
  const auto email = checked_email(given.email);
  const auto now = context.host.clock.now();
  const auto today = context.host.zone.day_of(now);
  print_account(context, context.host.database.write([&](storage::Connection& connection) {
    return accounts::find_account(connection, accounts::create_account(connection, {role, email, now, today}), today)
        .value();
  }));
}

void list(Command::Context& context, const Arguments& given) {
  const auto today = context.host.zone.day_of(context.host.clock.now());
  print_accounts(context, context.host.database.read([&](storage::Connection& connection) {
    return accounts::list_accounts(connection, UserId{given.after}, static_cast<int>(given.limit), today);
  }));
}

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

void sign_in_link(Command::Context& context, const Arguments& given) {
  const auto& host = context.host;
  const auto id = needed_id(given);
  const auto account =
      host.database.read([&](storage::Connection& connection) { return accounts::find_standing(connection, id); });
  const auto link = make_link(host.database, host.clock, host.node.public_url, id);
  if (!link) throw std::runtime_error(std::string(link.failure().message.en) + way_out(account));
  if (account && accounts::is_hidden(account->status)) {
    context.notes << "the account is " << to_string(account->status)
                  << ": using the link makes it ACTIVE again, and everybody sees what it wrote\n";
  }
  if (!context.json) {
    context.out << *link << '\n';
    return;
  }
  std::string text;
  json::Writer writer(text);
  writer.begin_object();
  writer.field("url", *link);
  writer.end_object();
  context.out << text << '\n';
}

void set_status(Command::Context& context, const Arguments& given, accounts::AccountStatus status) {
  const auto id = needed_id(given);
  if (given.reason.empty()) throw std::invalid_argument("--reason is missing");
  if (!text::is_utf8(given.reason) || text::code_points(given.reason) > kMaxReason) {
    throw std::invalid_argument("--reason: at most 200 characters of UTF-8");
  }
  const auto now = context.host.clock.now();
  struct Done {
    accounts::Account account;
    bool was_so;
  };
  const auto done = context.host.database.write([&](storage::Connection& connection) {
    auto account = accounts::find_account(connection, id, context.host.zone.day_of(now));
    if (!account) throw std::runtime_error("there is no such account");
    const bool was_so = account->status == status;
    if (!was_so) accounts::change_status(connection, id, status, given.reason, now);
    if (status != accounts::AccountStatus::active) sessions::end_sessions_of(connection, id, now);
    account->status = status;
    return Done{*std::move(account), was_so};
  });
  print_account(context, done.account);
  if (done.was_so) {
    context.notes << "the account is " << to_string(status)
                  << " already: nothing was changed, and the reason was not written down\n";
  }
}

using Declare = void (*)(config::Options&, Arguments&);
using Run = void (*)(Command::Context&, const Arguments&);

Command command(std::string name, Command::Uses uses, std::string help, Declare declare, Run run) {
  const auto given = std::make_shared<Arguments>();
  return {"users",
          std::move(name),
          uses,
          std::move(help),
          [given, declare](config::Options& options) { declare(options, *given); },
          [given, run](Command::Context context) { run(context, *given); }};
}

void declare_id(config::Options& options, Arguments& given) {
  options.integer("id", given.id, 1, kMaxId, "The account's id");
}

}  // namespace

std::vector<Command> users_commands() {
  using Uses = Command::Uses;
  return {
      command(
          "create", Uses::writes, "Make a member: a USER, or an ADMIN",
          [](config::Options& options, Arguments& given) {
            options.text("--member-role", given.member_role, "USER or ADMIN");
            options.text("--email", given.email, "The member's e-mail address");
          },
          create),
      command(
          "list", Uses::reads, "Show accounts in order of id",
          [](config::Options& options, Arguments& given) {
            options.integer("--after", given.after, 0, kMaxId, "Only ids above this");
            options.integer("--limit", given.limit, 1, 100'000, "At most so many");
          },
          list),
      command("sign-in-link", Uses::writes, "Print a link that signs the member in: once, within 15 minutes",
              declare_id, sign_in_link),
      command(
          "suspend", Uses::writes, "Keep an account from signing in and end its sessions",
          [](config::Options& options, Arguments& given) {
            declare_id(options, given);
            options.text("--reason", given.reason, "Why; kept in the account's history");
          },
          [](Command::Context& context, const Arguments& given) {
            set_status(context, given, accounts::AccountStatus::suspended);
          }),
      command(
          "activate", Uses::writes, "Make an account ACTIVE again",
          [](config::Options& options, Arguments& given) {
            given.reason = "activated by an operator";
            options.text("--reason", given.reason, "Why; kept in the account's history");
            declare_id(options, given);
          },
          [](Command::Context& context, const Arguments& given) {
            set_status(context, given, accounts::AccountStatus::active);
          }),
  };
}

}  // namespace dontgoback::core::sign_in
