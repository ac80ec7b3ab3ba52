#include "day_store.hpp"

#include <algorithm>
#include <chrono>

#include "accounts/accounts.hpp"

namespace dontgoback::core::assets {
namespace {

using storage::args;
using storage::Connection;
using storage::Dialect;
using time::Day;

constexpr std::chrono::days kOne{1};

void add_day(Connection& connection, Day day) {
  constexpr std::string_view kSqlite = "INSERT OR IGNORE INTO asset_days (day) VALUES (:day)";
  constexpr std::string_view kMysql = "INSERT IGNORE INTO asset_days (day) VALUES (:day)";
  connection.execute(connection.dialect() == Dialect::sqlite ? kSqlite : kMysql, day);
}

template <class... P>
std::optional<Day> one_day(Connection& connection, std::string_view sql, const P&... parameters) {
  const auto found = connection.one<std::optional<Day>>(sql, parameters...);
  return found ? std::get<0>(*found) : std::nullopt;
}

/// The last day with rows of accounts whose current amount is of `ahead`, a day to come; nothing when they have rows of
/// every day until then: it is the clock that is behind.
std::optional<Day> last_day_before_gap(Connection& connection, Day ahead, Day today) {
  std::optional<Day> refreshed;
  std::optional<Day> made;  // an account's first row says nothing of a refresh
  for (const auto user : accounts::active_accounts_of(connection, ahead)) {
    const auto ahead_of_today = connection.one<std::int64_t>(
        "SELECT COUNT(*) FROM asset_snapshots WHERE user_id = :user_id AND day > :today AND day <= :ahead", user, today,
        ahead);
    if (std::get<0>(ahead_of_today.value()) == (ahead.date - today.date).count()) return std::nullopt;
    const auto first = one_day(connection, "SELECT MIN(day) FROM asset_snapshots WHERE user_id = :user_id", user);
    const auto last = one_day(
        connection, "SELECT MAX(day) FROM asset_snapshots WHERE user_id = :user_id AND day <= :today", user, today);
    if (!last) continue;
    if (*last > *first) {
      refreshed = std::max(refreshed.value_or(*last), *last);
    } else {
      made = std::min(made.value_or(*first), *first);
    }
  }
  return refreshed ? refreshed : made;
}

/// Walks the accounts.
std::optional<Day> last_day_refreshed(Connection& connection, Day today) {
  // What an account was not made with came from a refresh.
  const auto latest = accounts::latest_amount_day(connection);
  if (latest) return *latest <= today ? latest : last_day_before_gap(connection, *latest, today);
  const auto earliest = accounts::earliest_amount_day(connection);
  return earliest && *earliest <= today ? earliest : std::nullopt;
}

}  // namespace

std::optional<Day> first_known_day(Connection& connection) {
  return one_day(connection, "SELECT MIN(day) FROM asset_days");
}

void begin_book(Connection& connection, Day today, time::Timestamp now) {
  if (first_known_day(connection)) return;
  const auto day = last_day_refreshed(connection, today);
  if (!day) return;
  add_day(connection, *day);
  finish_day(connection, *day, now);
}

MissedDays missed_days(Connection& connection, Day today) {
  const auto baseline = first_known_day(connection);
  if (!baseline) return {.days = {}, .first = std::nullopt, .through = today};
  std::vector<RefreshedDay> known;
  connection.each(
      "SELECT day, CASE WHEN finished_at IS NULL THEN 0 ELSE 1 END, over_gap FROM asset_days WHERE day BETWEEN :first "
      "AND :last ORDER BY day",
      args(today - kMostMadeUp, today + kOne), [&](Day day, int finished, int over_gap) {
        known.push_back({day, finished != 0, over_gap != 0});
      });
  return missed_days(known, *baseline, today);
}

void begin_day(Connection& connection, Day day, Day today, time::Timestamp now) {
  const auto baseline = first_known_day(connection);
  if (!baseline || day < *baseline) return;
  const auto first_missed = missed_days(connection, day).first;
  if (!connection.one<std::int64_t>("SELECT 1 FROM asset_days WHERE day = :day", day)) {
    add_day(connection, day);
    if (first_missed && *first_missed < day) {
      connection.execute("UPDATE asset_days SET over_gap = 1 WHERE day = :day", day);
    }
  }
  if (day > today) {
    connection.execute("UPDATE asset_days SET asked_at = :now WHERE day = :day AND asked_at IS NULL", now, day);
  }
}

void finish_day(Connection& connection, Day day, time::Timestamp now) {
  connection.execute("UPDATE asset_days SET finished_at = :now WHERE day = :day AND finished_at IS NULL", now, day);
}

void finish_make_up(Connection& connection, const MissedDays& missed, time::Timestamp now) {
  for (const auto day : missed.days) {
    add_day(connection, day);
    finish_day(connection, day, now);
  }
  connection.execute("UPDATE asset_days SET over_gap = 0 WHERE day BETWEEN :first AND :through", missed.first,
                     missed.through);
  connection.execute("UPDATE asset_days SET over_gap = 1 WHERE day > :through", missed.through);
  forget_made_up_to(connection);
}

void begin_anew(Connection& connection, Day first, Day last, time::Timestamp now) {
  connection.execute("DELETE FROM asset_days WHERE day < :first", first);
  for (auto day = first; day <= last; day = day + kOne) {
    add_day(connection, day);
    finish_day(connection, day, now);
  }
  connection.execute("UPDATE asset_days SET over_gap = 0 WHERE day <= :last", last);
  connection.execute("UPDATE asset_days SET over_gap = 1 WHERE day > :last", last);
  forget_made_up_to(connection);
}

bool knows_days_after(Connection& connection, Day day) {
  return connection.one<std::int64_t>("SELECT 1 FROM asset_days WHERE day > :day LIMIT 1", day).has_value();
}

void forget_days_after(Connection& connection, Day day) {
  connection.execute("DELETE FROM asset_days WHERE day > :day", day);
}

UserId made_up_to(Connection& connection, const MissedDays& missed) {
  const auto found = connection.one<UserId>(
      "SELECT after_user FROM asset_make_up WHERE first_day = :first AND missed = :missed AND last_missed = "
      ":last_missed",
      missed.first, missed.days.size(), missed.days.empty() ? Day{} : missed.days.back());
  return found ? std::get<0>(*found) : UserId{};
}

void note_made_up_to(Connection& connection, const MissedDays& missed, UserId user) {
  forget_made_up_to(connection);
  connection.execute(
      "INSERT INTO asset_make_up (first_day, missed, last_missed, after_user) VALUES (:first, :missed, :last_missed, "
      ":user)",
      missed.first, missed.days.size(), missed.days.empty() ? Day{} : missed.days.back(), user);
}

void forget_made_up_to(Connection& connection) { connection.execute("DELETE FROM asset_make_up"); }

}  // namespace dontgoback::core::assets
