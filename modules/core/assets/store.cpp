#include "store.hpp"

#include <algorithm>
#include <chrono>

#include "assets.hpp"
#include "dontgoback/storage/planned.hpp"

namespace dontgoback::core::assets {
namespace {

using storage::args;
using storage::Connection;

using storage::Planned;

/// The amount of the last day before `:day`.
std::string amount_before(std::string_view day) {
  return "(SELECT s.amount FROM asset_snapshots s {PRIMARY} WHERE s.user_id = a.id AND s.day < " + std::string(day) +
         " ORDER BY s.day DESC LIMIT 1)";
}

/// ACTIVE accounts from `:after` on, each with its row of `:day` if there is one; to be followed by more conditions.
std::string accounts_with_day(std::string_view row) {
  const std::string s(row);
  return accounts::table("a") + " {PRIMARY} LEFT JOIN asset_snapshots " + s + " {PRIMARY} ON " + s +
         ".user_id = a.id AND " + s + ".day = :day WHERE a.id > :after AND " + accounts::is_active("a");
}

const Planned kHistory("assets/history",
                       "SELECT day, amount, multiplier FROM asset_snapshots {PRIMARY} "
                       "WHERE user_id = :user_id AND day BETWEEN :first AND :last ORDER BY day");
const Planned kOwnDays("assets/own-days",
                       "SELECT day, amount, multiplier FROM asset_snapshots {PRIMARY} WHERE user_id = :user_id AND day "
                       "> :after AND day <= :until ORDER BY day LIMIT :limit");
const Planned kLatestChange("assets/latest-change",
                            "SELECT MAX(created_at) FROM asset_snapshots {PRIMARY} WHERE user_id = :user_id AND day <= "
                            ":until");
const Planned kDue("assets/due", "SELECT a.id, CASE WHEN a.amount_day < :current_day THEN a.amount ELSE " +
                                     amount_before(":earlier_day") + " END FROM " + accounts_with_day("t") +
                                     " AND t.user_id IS NULL ORDER BY a.id LIMIT 1000");
const Planned kCountDue("assets/count-due", "SELECT COUNT(*) FROM " + accounts_with_day("t") +
                                                // Not EXISTS, which MariaDB may turn around and read all snapshots for.
                                                " AND t.user_id IS NULL AND (a.amount_day < :current_day OR " +
                                                amount_before(":earlier_day") + " IS NOT NULL)");
const Planned kBefore("assets/amounts-before", "SELECT a.id, " + amount_before(":day") + " FROM " +
                                                   accounts::table("a") + " {PRIMARY} WHERE a.id > :after AND " +
                                                   accounts::is_active("a") + " ORDER BY a.id LIMIT :limit");
// The outer join keeps both databases from beginning with the snapshots.
const Planned kOn("assets/amounts-on", "SELECT a.id, s.amount, s.multiplier FROM " + accounts_with_day("s") +
                                           " AND a.id <= :last ORDER BY a.id");

}  // namespace

std::vector<Snapshot> snapshots_of(Connection& connection, UserId user, time::Day from, time::Day to) {
  std::vector<Snapshot> found;
  connection.each(kHistory.on(connection), args(user, from, to), [&](time::Day day, Won amount, Multiplier multiplier) {
    found.push_back({day, amount, multiplier});
  });
  return found;
}

std::vector<OwnDay> own_days(Connection& connection, UserId user, time::Day after, time::Day today, int limit) {
  std::vector<OwnDay> found;
  const auto until = shown_until(connection, user, today);
  connection.each(kOwnDays.on(connection), args(user, after, until, limit),
                  [&](time::Day day, Won amount, Multiplier multiplier) {
                    found.push_back({day, {amount, multiplier}});
                  });
  return found;
}

std::optional<time::Timestamp> latest_change(Connection& connection, UserId user, time::Day until) {
  const auto found = connection.one<std::optional<time::Timestamp>>(kLatestChange.on(connection), user, until);
  return found ? std::get<0>(*found) : std::nullopt;
}

time::Day shown_until(Connection& connection, UserId user, time::Day today) {
  const auto last = last_shown_day(connection, today);
  const auto first =
      connection.one<std::optional<time::Day>>("SELECT MIN(day) FROM asset_snapshots WHERE user_id = :user_id", user);
  return std::max(last, std::get<0>(first.value()).value_or(last));
}

std::vector<DueAccount> due_accounts(Connection& connection, time::Day day, UserId after) {
  std::vector<DueAccount> found;
  found.reserve(kSlice);
  connection.each(kDue.on(connection), args(day, day, day, after), [&](UserId user, std::optional<Won> base) {
    found.push_back({user, base});
  });
  return found;
}

std::int64_t count_due(Connection& connection, time::Day day, UserId after) {
  const auto found = connection.one<std::int64_t>(kCountDue.on(connection), day, after, day, day);
  return std::get<0>(found.value());
}

std::vector<AmountBefore> amounts_before(Connection& connection, time::Day day, UserId after, std::size_t limit) {
  std::vector<AmountBefore> found;
  found.reserve(limit);
  connection.each(kBefore.on(connection), args(day, after, limit), [&](UserId user, std::optional<Won> amount) {
    found.push_back({user, amount});
  });
  return found;
}

std::vector<AmountOn> amounts_on(Connection& connection, time::Day day, UserId after, UserId last) {
  std::vector<AmountOn> found;
  connection.each(kOn.on(connection), args(day, after, last),
                  [&](UserId user, std::optional<Won> amount, std::optional<Multiplier> multiplier) {
                    if (amount) found.push_back({user, *amount, *multiplier});
                  });
  return found;
}

void end_series(Connection& connection, UserId user, time::Day last, time::Day today, time::Timestamp now) {
  const auto day_of = [&](std::string_view sql, time::Day limit) {
    const auto found = connection.one<std::optional<time::Day>>(sql, user, limit);
    return found ? std::get<0>(*found) : std::nullopt;
  };
  auto left = day_of("SELECT MAX(day) FROM asset_snapshots WHERE user_id = :user_id AND day <= :last", last);
  if (!left) {
    const auto first = day_of("SELECT MIN(day) FROM asset_snapshots WHERE user_id = :user_id AND day > :last", last);
    if (!first) return;
    connection.execute(
        "UPDATE asset_snapshots SET day = :today, created_at = :now WHERE user_id = :user_id AND day = :first", today,
        now, user, *first);
    left = today;
  }
  connection.execute("DELETE FROM asset_snapshots WHERE user_id = :user_id AND day > :last", user, last);
  const auto current = connection.one<Won, Multiplier>(
      "SELECT amount, multiplier FROM asset_snapshots WHERE user_id = :user_id AND day = :day", user, *left);
  accounts::set_current(connection, user, {std::get<0>(current.value()), std::get<1>(*current)}, *left);
}

time::Day last_shown_day(Connection& connection, time::Day today) {
  const auto tomorrow = today + std::chrono::days(1);
  return connection.one<std::int64_t>("SELECT 1 FROM asset_days WHERE day = :day AND asked_at IS NOT NULL", tomorrow)
             ? tomorrow
             : today;
}

std::optional<accounts::Fortune> fortune_on(Connection& connection, UserId user, time::Day day) {
  auto found = connection.one<Won, Multiplier>(
      "SELECT amount, multiplier FROM asset_snapshots WHERE user_id = :user_id AND day <= :day ORDER BY day DESC LIMIT "
      "1",
      user, day);
  if (!found) {
    found = connection.one<Won, Multiplier>(
        "SELECT amount, multiplier FROM asset_snapshots WHERE user_id = :user_id ORDER BY day LIMIT 1", user);
  }
  if (!found) return std::nullopt;
  return accounts::Fortune{std::get<0>(*found), std::get<1>(*found)};
}

void insert_first_snapshot(Connection& connection, UserId user, time::Day day, time::Timestamp now) {
  connection.execute(
      "INSERT INTO asset_snapshots (user_id, day, amount, multiplier, created_at) "
      "VALUES (:user_id, :day, :amount, :multiplier, :now)",
      user, day, accounts::kFirstAmount, Multiplier{}, now);
}

void delete_snapshots_of(Connection& connection, UserId user) {
  connection.execute("DELETE FROM asset_snapshots WHERE user_id = :user_id", user);
}

}  // namespace dontgoback::core::assets
