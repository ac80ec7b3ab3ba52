#include "today_job.hpp"

#include <chrono>

#include "series.hpp"
#include "store.hpp"
#include "today_store.hpp"

namespace dontgoback::core::assets {
namespace {

constexpr std::chrono::seconds kLook{10};
constexpr std::chrono::hours kEvery{1};  // others take the place of who has left

struct Wanted {
  time::Day day;
  std::optional<std::int64_t> changes;  // nothing: names are not counted
  bool is_there;
};

Wanted wanted(Host& host) {
  return host.database.read([&](storage::Connection& c) {
    const auto day = day_told(c, host.zone.day_of(host.clock.now()));
    const auto changes = accounts::changes_counted(c);
    const auto head = find_today(c);
    return Wanted{day, changes, head && changes && head->day == day && head->changes == *changes};
  });
}

/// Each as an unlinked author would be shown, so that a place among the first tells of no rare name.
std::vector<ShownMove> shown(storage::Connection& connection, const Movers& movers) {
  std::vector<ShownMove> found;
  for (const auto& move : movers.in_order()) {
    accounts::Account account;
    account.id = move.user;
    account.amount = move.amount;
    account.multiplier = move.multiplier;
    found.push_back({move.user, move.hundredths, accounts::unlinked_name(connection, account).name});
  }
  return found;
}

std::string count(Host& host, const jobs::Run& run) {
  auto& database = host.database;
  const auto goes_on = [&run] { return !run.stop.stop_requested() && run.keep_alive(); };
  const auto [day, changes, is_there] = wanted(host);
  if (!changes) return "names are not counted yet";

  Movers rises(Side::rises), falls(Side::falls);
  Spread spread;
  for (std::optional<UserId> after = UserId{}; after;) {
    if (!goes_on()) return "cut short";
    after = database.read([&](storage::Connection& c) {
      return each_move(c, day, *after, [&](const OwnMove& own) {
        spread.add(own.amount);
        if (!own.listed || own.before.value <= 0) return;
        const Move move{own.user, own.amount, own.multiplier,
                        percent_hundredths(own.amount.value - own.before.value, own.before.value)};
        rises.add(move);
        falls.add(move);
      });
    });
  }

  Today today{.head = {day, *changes, spread.accounts()}, .rises = {}, .falls = {}, .steps = {}, .cells = {}};
  // Of fewer each would be known.
  if (spread.accounts() >= accounts::kHiddenAmong) {
    database.read([&](storage::Connection& c) {
      today.rises = shown(c, rises);
      today.falls = shown(c, falls);
    });
    today.steps = spread.steps();
    today.cells = spread.cells();
  }
  // Amounts or names that changed meanwhile have another counting coming, and this one waits for that.
  if (wanted(host).changes != changes) return "amounts are changing";
  if (!goes_on()) return "cut short";
  database.write([&](storage::Connection& c) { replace_today(c, today); });
  return time::to_string(day) + ": " + std::to_string(spread.accounts()) + " accounts";
}

}  // namespace

std::vector<jobs::Job> today_jobs(Host& host) {
  return {{.name = "asset-today-look",
           .schedule = {.daily_at = {}, .every = kLook},
           .once_for_all_nodes = false,
           .work = [&host](const jobs::Run&) -> std::string {
             const auto now = wanted(host);
             if (!now.changes) return "names are not counted yet";
             if (now.is_there) return "today is known";
             const auto done = host.scheduler.run_now(kTodayJob);
             return done ? *done : "another node counts";
           },
           .needs_confirmed_clock = false},
          {.name = std::string(kTodayJob),
           .schedule = {.daily_at = {}, .every = kEvery},
           .once_for_all_nodes = true,
           .work = [&host](const jobs::Run& run) { return count(host, run); },
           .needs_confirmed_clock = false}};
}

}  // namespace dontgoback::core::assets
