#include <limits>
#include <memory>
#include <ostream>
#include <stdexcept>

#include "accounts/accounts.hpp"
#include "assets.hpp"
#include "dontgoback/config/table.hpp"
#include "dontgoback/http/error.hpp"
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

struct RefreshArguments {
  std::optional<time::Day> day;
};

void refresh(const RefreshArguments& arguments, const Source& source, Command::Context context) {
  auto& host = context.host;
  const auto day = arguments.day.value_or(today(host));
  if (day > today(host) + std::chrono::days(1)) throw std::invalid_argument("--day: later than tomorrow");
  require(source);

  const AssetRefresh work(host.database, source, host.clock, host.zone, host.metrics);
  RefreshResult result;
  const auto done = host.scheduler.run_now(kRefreshJob, [&](const jobs::Run& run) {
    result = work.run(day, run);
    return to_string(day, result);
  });
  if (!done) throw std::runtime_error("assets refresh: " + std::string(done.failure().message.en));
  config::Table table({"day", "total", "success", "failed", "elapsedMs"});
  table.add({time::to_string(day), result.total, result.success, result.failed, result.elapsed_ms});
  table.print_row(context.out, context.json, to_string(day, result));
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
    host.database.renew_table_statistics();
  }
  config::Table table({"lock", "doneBefore", "accounts", "rows"});
  table.add({arguments.lock, done, result.accounts, result.rows});
  table.print_row(
      context.out, context.json,
      done ? "nothing to do: the lock \"" + arguments.lock + "\" is taken; give a new name to run again"
           : std::to_string(result.rows) + " rows of " + std::to_string(result.accounts) + " accounts written");
}

struct ShowArguments {
  std::int64_t user = 0;
};

void show(const accounts::Directory& directory, const ShowArguments& arguments, Command::Context context) {
  const UserId user{arguments.user};
  auto& host = context.host;
  const auto day = today(host);
  const auto account = host.database.read([&](storage::Connection& c) { return directory.find(c, user, day); });
  if (!account) throw std::runtime_error(std::string(accounts::kNoUser.message.en));
  const auto snapshots = host.database.read([&](storage::Connection& c) {
    return snapshots_of(c, user, day - std::chrono::days(13), shown_until(c, user, day));
  });
  const auto points = std::make_shared<config::Table>(std::vector<std::string_view>{"date", "amount", "type"});
  for (const auto& point : with_changes(snapshots)) {
    points->add({time::to_string(point.day), point.amount.value, std::string(to_string(point.type))});
  }
  config::Table table({"userId", "name", "type", "amount", "points"});
  table.add({user.value, account->name(), std::string(to_string(account->type())), account->amount.value, points});
  table.print_row(context.out, context.json);
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
            options.day("--day", a.day, "At most tomorrow; default today");
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
