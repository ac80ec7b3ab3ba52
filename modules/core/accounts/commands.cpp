#include <algorithm>
#include <limits>
#include <memory>
#include <ostream>
#include <stdexcept>

#include "accounts.hpp"
#include "dontgoback/config/table.hpp"
#include "dontgoback/text/ascii.hpp"
#include "dontgoback/text/utf8.hpp"

namespace dontgoback::core::accounts {
namespace {

constexpr std::int64_t kMaxId = std::numeric_limits<std::int64_t>::max();
constexpr std::size_t kMaxReason = 200;
constexpr std::size_t kMaxEmail = 254;  // RFC 5321, section 4.5.3.1.3

/// What the command line gave.
struct Arguments {
  std::int64_t id = 0;
  http::Role member_role = http::Role::user;
  std::string email;
  std::string reason;
  std::int64_t after = 0;
  std::int64_t limit = 100;
};

/// What the commands work with.
struct Wiring {
  const Directory& directory;
  const LifeCycle& life_cycle;
};

UserId needed_id(const Arguments& given) {
  if (given.id == 0) throw std::invalid_argument("the account's id is missing");
  return UserId{given.id};
}

std::optional<std::string> checked_email(const std::string& text) {
  if (text.empty()) return std::nullopt;
  const auto at = text.find('@');
  const bool visible = std::all_of(text.begin(), text.end(), [](unsigned char c) { return c > ' ' && c != 0x7F; });
  if (at == 0 || at == std::string::npos || at != text.rfind('@') || at + 1 == text.size() || !visible ||
      text.size() > kMaxEmail || !text::is_utf8(text)) {
    throw std::invalid_argument("--email: not an e-mail address");
  }
  return text::lower(text);
}

config::Table table_of(const std::vector<Account>& accounts) {
  config::Table table({"userId", "userRole", "status", "userName"});
  for (const auto& account : accounts) {
    table.add({account.id.value, std::string(to_string(account.role)), std::string(to_string(account.status)),
               account.name()});
  }
  return table;
}

void print_account(Command::Context& context, const Account& account) {
  table_of({account}).print_row(context.out, context.json);
}

void create(const Wiring& wiring, Command::Context& context, const Arguments& given) {
  const auto email = checked_email(given.email);
  const auto now = context.host.clock.now();
  const auto today = context.host.zone.day_of(now);
  print_account(context, context.host.database.write([&](storage::Connection& connection) {
    if (email && find_by_email(connection, *email)) throw std::runtime_error("the e-mail address is another account's");
    const auto id = wiring.life_cycle.create(connection, {given.member_role, email, now, today});
    return wiring.directory.find(connection, id, today).value();
  }));
}

void list(const Wiring& wiring, Command::Context& context, const Arguments& given) {
  const auto today = context.host.zone.day_of(context.host.clock.now());
  const auto page = context.host.database.read([&](storage::Connection& connection) {
    return wiring.directory.list(connection, UserId{given.after}, static_cast<int>(given.limit), today);
  });
  table_of(page).print(context.out, context.json);
}

void set_status(const Wiring& wiring, Command::Context& context, const Arguments& given, AccountStatus status) {
  const auto id = needed_id(given);
  if (given.reason.empty()) throw std::invalid_argument("--reason is missing");
  if (!text::is_utf8(given.reason) || text::code_points(given.reason) > kMaxReason) {
    throw std::invalid_argument("--reason: at most 200 characters of UTF-8");
  }
  const auto now = context.host.clock.now();
  struct Done {
    Account account;
    bool was_so;
  };
  const auto done = context.host.database.write([&](storage::Connection& connection) {
    auto account = wiring.directory.find(connection, id, context.host.zone.day_of(now));
    if (!account) throw std::runtime_error(std::string(kNoUser.message.en));
    const auto before = wiring.life_cycle.set_status(connection, id, status, given.reason, now);
    account->status = status;
    return Done{*std::move(account), before == status};
  });
  print_account(context, done.account);
  if (done.was_so) {
    context.notes << "the account is " << to_string(status)
                  << " already: nothing was changed, and the reason was not written down\n";
  }
}

using Declare = void (*)(config::Options&, Arguments&);
using Run = void (*)(const Wiring&, Command::Context&, const Arguments&);

Command command(const Wiring& wiring, std::string name, Command::Uses uses, std::string help, Declare declare,
                Run run) {
  const auto given = std::make_shared<Arguments>();
  return {"users",
          std::move(name),
          uses,
          std::move(help),
          [given, declare](config::Options& options) { declare(options, *given); },
          [wiring, given, run](Command::Context context) { run(wiring, context, *given); }};
}

void declare_id(config::Options& options, Arguments& given) {
  options.integer("id", given.id, 1, kMaxId, "The account's id");
}

}  // namespace

std::vector<Command> commands(const Directory& directory, const LifeCycle& life_cycle) {
  using Uses = Command::Uses;
  const Wiring wiring{directory, life_cycle};
  return {
      command(
          wiring, "create", Uses::writes, "Make a member: a USER, or an ADMIN",
          [](config::Options& options, Arguments& given) {
            options.choice<http::Role>("--member-role", given.member_role,
                                       {{"USER", http::Role::user}, {"ADMIN", http::Role::admin}}, "Which it is");
            options.text("--email", given.email, "The member's e-mail address");
          },
          create),
      command(
          wiring, "list", Uses::reads, "Show accounts in order of id",
          [](config::Options& options, Arguments& given) {
            options.integer("--after", given.after, 0, kMaxId, "Only ids above this");
            options.integer("--limit", given.limit, 1, 100'000, "At most so many");
          },
          list),
      command(
          wiring, "suspend", Uses::writes, "Keep an account from signing in and end its sessions",
          [](config::Options& options, Arguments& given) {
            declare_id(options, given);
            options.text("--reason", given.reason, "Why; kept in the account's history");
          },
          [](const Wiring& wires, Command::Context& context, const Arguments& given) {
            set_status(wires, context, given, AccountStatus::suspended);
          }),
      command(
          wiring, "activate", Uses::writes, "Make an account ACTIVE again",
          [](config::Options& options, Arguments& given) {
            given.reason = "activated by an operator";
            options.text("--reason", given.reason, "Why; kept in the account's history");
            declare_id(options, given);
          },
          [](const Wiring& wires, Command::Context& context, const Arguments& given) {
            set_status(wires, context, given, AccountStatus::active);
          }),
  };
}

}  // namespace dontgoback::core::accounts
