#include "daily.hpp"

#include <chrono>

#include "asking.hpp"
#include "day_store.hpp"

namespace dontgoback::core::assets {
namespace {

constexpr std::chrono::days kOne{1};
/// Accounts in one transaction: each may have many rows of days to come.
constexpr std::size_t kAccountsAtOnce = 200;

std::string count(std::size_t n, std::string_view what) {
  return std::to_string(n).append(" ").append(what).append(n == 1 ? "" : "s");
}

std::string made_up(const MissedDays& missed) {
  if (missed.days.empty()) return "the rows from " + time::to_string(*missed.first) + " on were written again";
  return count(missed.days.size(), "day") + " made up from " + time::to_string(missed.days.front()) + " on";
}

std::string still_to_do(const MissedDays& missed, const MakeUpResult& result) {
  const auto what = missed.days.empty()
                        ? "the rows from " + time::to_string(*missed.first) + " on are"
                        : count(missed.days.size(), "missed day") + (missed.days.size() == 1 ? " is" : " are");
  return what + " still to be made up: the source of assets " +
         (result.source_away ? "does not answer"
                             : "did not answer for " + count(static_cast<std::size_t>(result.left), "account"));
}

void append(std::string& text, std::string_view part) { text.append(text.empty() ? "" : "; ").append(part); }

}  // namespace

DailyRefresh::DailyRefresh(storage::Database& database, std::shared_ptr<ports::AssetSource> source,
                           const time::Clock& clock, const time::ClockTrust& trust, const time::Zone& zone,
                           std::shared_ptr<const AssetRefresh> refresh)
    : database_(database),
      clock_(clock),
      trust_(trust),
      zone_(zone),
      refresh_(std::move(refresh)),
      make_up_(database, std::move(source), clock, zone) {}

std::string DailyRefresh::run(const jobs::Run& run) const {
  const auto day = today();
  const auto before = catch_up(day, run);
  const auto result = refresh_->run(day, run);
  auto text = to_string(day, result);
  if (!before.text.empty()) append(text, before.text);
  // A failed run is tried again by the scheduler, and does only what is left.
  if (result.failed > 0 || !before.done) throw Unavailable(text);
  return text;
}

bool DailyRefresh::is_behind() const {
  const auto day = today();
  return database_.read([&](storage::Connection& c) {
    if (is_confirmed(day) && knows_days_after(c, day + kOne)) return true;
    const auto missed = missed_days(c, day);
    return missed.first && !must_wait(missed, day);
  });
}

std::string DailyRefresh::make_up(const jobs::Run& run) const {
  const auto done = catch_up(today(), run);
  if (!done.done) throw Unavailable(done.text);
  return done.text.empty() ? "nothing to do" : done.text;
}

DailyRefresh::CaughtUp DailyRefresh::catch_up(time::Day today, const jobs::Run& run) const {
  CaughtUp caught_up;
  if (is_confirmed(today)) {
    if (const auto accounts = remove_days_to_come(today, run); accounts > 0) {
      append(caught_up.text,
             count(static_cast<std::size_t>(accounts), "account") + " freed of rows of days that have not come");
    }
  }
  database_.write([&](storage::Connection& c) { begin_book(c, today, clock_.now()); });
  const auto missed = database_.read([&](storage::Connection& c) { return missed_days(c, today); });
  if (!missed.first) return caught_up;
  if (must_wait(missed, today)) {
    append(caught_up.text, count(missed.days.size(), "missed day") + " wait for a confirmed clock");
    return caught_up;
  }
  const auto result = make_up_.run(missed, run);
  append(caught_up.text, result.done() ? made_up(missed) : still_to_do(missed, result));
  caught_up.done = result.done();
  return caught_up;
}

/// How many accounts had such rows.
std::int64_t DailyRefresh::remove_days_to_come(time::Day today, const jobs::Run& run) const {
  const auto last = today + kOne;  // which may be asked for
  const auto next = [&](UserId after) {
    return database_.read(
        [&](storage::Connection& c) { return accounts::accounts_ahead(c, last, after, kAccountsAtOnce); });
  };
  std::int64_t accounts = 0;
  for (auto ahead = next({}); !ahead.empty(); ahead = next(ahead.back())) {
    check_go_on(run);
    if (!is_confirmed(today)) return accounts;  // it has just been set
    database_.write([&](storage::Connection& c) {
      for (const auto user : ahead) end_series(c, user, last, today, clock_.now());
    });
    accounts += static_cast<std::int64_t>(ahead.size());
  }
  const bool known = database_.read([&](storage::Connection& c) { return knows_days_after(c, last); });
  if (known) database_.write([&](storage::Connection& c) { forget_days_after(c, last); });
  return accounts;
}

/// Whether it is certainly that day.
bool DailyRefresh::is_confirmed(time::Day today) const {
  const auto now = trust_.confirmed_now();
  return now && zone_.day_of(*now) == today;
}

bool DailyRefresh::must_wait(const MissedDays& missed, time::Day today) const {
  return missed.days.size() > kMadeUpUnconfirmed && !is_confirmed(today);
}

}  // namespace dontgoback::core::assets
