#include <limits>
#include <memory>
#include <ostream>
#include <stdexcept>

#include "accounts/accounts.hpp"
#include "assets.hpp"
#include "dontgoback/http/error.hpp"
#include "dontgoback/json/writer.hpp"
#include "refresh.hpp"
#include "store.hpp"

namespace dontgoback::core::assets {
namespace {

time::Day today(const Host& host) { return host.zone.day_of(host.clock.now()); }

using Source = std::shared_ptr<ports::AssetSource>;

void require(const Source& source) {
  if (source == nullptr) {
    throw std::invalid_argument("nobody to ask for assets: run the extension here or give --extension-url");
  }
}

template <class F>
void print_json(std::ostream& out, F&& members) {
  std::string text;
  json::Writer writer(text);
  writer.begin_object();
  members(writer);
  writer.end_object();
  out << text << '\n';
}

struct RefreshArguments {
  std::string day;
};

void refresh(const RefreshArguments& arguments, const Source& source, Command::Context context) {
  auto& host = context.host;
  const auto day = arguments.day.empty() ? today(host) : time::parse_day(arguments.day);
  if (!day) throw std::invalid_argument("--day: not a day, YYYY-MM-DD");
  if (*day > today(host) + std::chrono::days(1)) throw std::invalid_argument("--day: later than tomorrow");
  require(source);

  const AssetRefresh work(host.database, source, host.clock, host.zone, host.metrics);
  RefreshResult result;
  const auto done = host.scheduler.run_now(kRefreshJob, [&](const jobs::Run& run) {
    result = work.run(*day, run);
    return to_string(*day, result);
  });
  if (!done) throw std::runtime_error("assets refresh: " + std::string(done.failure().message.en));
  if (context.json) {
    print_json(context.out, [&](json::Writer& writer) {
      writer.field("day", *day);
      writer.field("total", result.total);
      writer.field("success", result.success);
      writer.field("failed", result.failed);
      writer.field("elapsedMs", result.elapsed_ms);
    });
  } else {
    context.out << to_string(*day, result) << '\n';
  }
  if (result.failed > 0) throw std::runtime_error("some accounts failed; run it again to do the rest");
}

struct BackfillArguments {
  std::int64_t days = 180;
  std::string lock;
  std::int64_t user = 0;
};

void run_backfill(const BackfillArguments& arguments, const Source& source, Command::Context context) {
  auto& host = context.host;
  if (arguments.lock.empty() || arguments.lock.size() > 64) {
    throw std::invalid_argument("--lock: a name of 1 to 64 characters; the same name never runs twice");
  }
  const auto done = host.database.read([&](storage::Connection& c) { return is_done(c, arguments.lock); });
  BackfillResult result;
  if (!done) {
    const Backfill what{.days = static_cast<int>(arguments.days),
                        .last = today(host),
                        .user = arguments.user > 0 ? std::optional(UserId{arguments.user}) : std::nullopt};
    require(source);
    result = backfill(host.database, *source, host.clock, what, [] { return true; });
    if (what.user && result.accounts == 0) throw std::runtime_error("there is no ACTIVE account of that id");
    host.database.write([&](storage::Connection& c) { mark_done(c, arguments.lock, host.clock.now()); });
  }
  if (context.json) {
    print_json(context.out, [&](json::Writer& writer) {
      writer.field("lock", arguments.lock);
      writer.field("doneBefore", done);
      writer.field("accounts", result.accounts);
      writer.field("rows", result.rows);
    });
  } else if (done) {
    context.out << "nothing to do: the lock \"" << arguments.lock << "\" is taken; give a new name to run again\n";
  } else {
    context.out << result.rows << " rows of " << result.accounts << " accounts written\n";
  }
}

struct ShowArguments {
  std::int64_t user = 0;
};

void show(const accounts::Directory& directory, const ShowArguments& arguments, Command::Context context) {
  const UserId user{arguments.user};
  auto& host = context.host;
  const auto day = today(host);
  const auto account = host.database.read([&](storage::Connection& c) { return directory.find(c, user, day); });
  if (!account) throw std::runtime_error("there is no account of that id");
  const auto snapshots = host.database.read([&](storage::Connection& c) {
    return snapshots_of(c, user, day - std::chrono::days(13), shown_until(c, user, day));
  });
  const auto points = with_changes(snapshots);
  if (context.json) {
    print_json(context.out, [&](json::Writer& writer) {
      writer.field("userId", user);
      writer.field("name", account->name());
      writer.field("type", to_string(account->type()));
      writer.field("amount", account->amount);
      writer.key("points");
      writer.begin_array();
      for (const auto& point : points) {
        writer.begin_object();
        writer.field("date", point.day);
        writer.field("amount", point.amount);
        writer.field("type", to_string(point.type));
        writer.end_object();
      }
      writer.end_array();
    });
    return;
  }
  context.out << "account " << user.value << ": " << account->name() << " (" << account->amount.value << " won, "
              << to_string(account->type()) << ")\n";
  for (const auto& point : points) {
    context.out << time::to_string(point.day) << "  " << point.amount.value << "  " << to_string(point.type) << '\n';
  }
}

/// A command whose flags land in an `Arguments` that lives as long as the command.
template <class Arguments, class Declare, class Run>
Command command(std::string name, Command::Uses uses, std::string help, Declare declare, Run run) {
  auto arguments = std::make_shared<Arguments>();
  return {.group = "assets",
          .name = std::move(name),
          .uses = uses,
          .help = std::move(help),
          .declare = [arguments, declare](config::Options& options) { declare(options, *arguments); },
          .run = [arguments, run](Command::Context context) { run(*arguments, context); }};
}

}  // namespace

std::vector<Command> commands(const accounts::Directory& directory, std::function<Source()> source) {
  constexpr auto kMaxId = std::numeric_limits<std::int64_t>::max();
  return {
      command<RefreshArguments>(
          "refresh", Command::Uses::writes, "Give every active account its row of a day",
          [](config::Options& options, RefreshArguments& a) {
            options.text("--day", a.day, "YYYY-MM-DD, at most tomorrow; default today");
          },
          [source](const RefreshArguments& a, Command::Context context) { refresh(a, source(), context); }),
      command<BackfillArguments>(
          "backfill", Command::Uses::writes, "Write the past days of active accounts anew",
          [](config::Options& options, BackfillArguments& a) {
            options.integer("--days", a.days, 1, kMaxBackfillDays, "how many days, up to today");
            options.text("--lock", a.lock, "a name; the same name never runs twice");
            options.integer("--user", a.user, 0, kMaxId, "only this account; 0 is all");
          },
          [source](const BackfillArguments& a, Command::Context context) { run_backfill(a, source(), context); }),
      command<ShowArguments>(
          "show", Command::Uses::reads, "Show an account's fortune and its last two weeks",
          [](config::Options& options, ShowArguments& a) {
            options.integer("id", a.user, 1, kMaxId, "the account's id");
          },
          [&directory](const ShowArguments& arguments, Command::Context context) {
            show(directory, arguments, std::move(context));
          }),
  };
}

}  // namespace dontgoback::core::assets
