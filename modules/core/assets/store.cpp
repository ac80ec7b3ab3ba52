#include "store.hpp"

#include <algorithm>
#include <chrono>

namespace dontgoback::core::assets {
namespace {

using storage::args;
using storage::Connection;

}  // namespace

std::vector<Snapshot> snapshots_of(Connection& connection, UserId user, time::Day from, time::Day to) {
  std::vector<Snapshot> found;
  connection.each(
      "SELECT day, amount, multiplier FROM asset_snapshots "
      "WHERE user_id = :user_id AND day BETWEEN :first AND :last ORDER BY day",
      args(user, from, to), [&](time::Day day, Won amount, Multiplier multiplier) {
        found.push_back({day, amount, multiplier});
      });
  return found;
}

std::optional<time::Timestamp> latest_change(Connection& connection, UserId user, time::Day until) {
  const auto found = connection.one<std::optional<time::Timestamp>>(
      "SELECT MAX(created_at) FROM asset_snapshots WHERE user_id = :user_id AND day <= :until", user, until);
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
  static const std::string kSql =
      "SELECT a.id, CASE WHEN a.amount_day < :current_day THEN a.amount ELSE "
      "(SELECT s.amount FROM asset_snapshots s WHERE s.user_id = a.id AND s.day < :earlier_day "
      "ORDER BY s.day DESC LIMIT 1) END FROM " +
      accounts::table("a") +
      " LEFT JOIN asset_snapshots t ON t.user_id = a.id AND t.day = :day WHERE a.id > :after AND " +
      accounts::is_active("a") + " AND t.user_id IS NULL ORDER BY a.id LIMIT 1000";
  connection.each(kSql, args(day, day, day, after), [&](UserId user, std::optional<Won> base) {
    found.push_back({user, base});
  });
  return found;
}

std::int64_t count_due(Connection& connection, time::Day day, UserId after) {
  static const std::string kSql =
      "SELECT COUNT(*) FROM " + accounts::table("a") +
      " LEFT JOIN asset_snapshots t ON t.user_id = a.id AND t.day = :day WHERE a.id > :after AND " +
      accounts::is_active("a") +
      " AND t.user_id IS NULL AND (a.amount_day < :current_day OR EXISTS "
      "(SELECT 1 FROM asset_snapshots s WHERE s.user_id = a.id AND s.day < :earlier_day))";
  const auto found = connection.one<std::int64_t>(kSql, day, after, day, day);
  return std::get<0>(found.value());
}

std::vector<AmountBefore> amounts_before(Connection& connection, time::Day day, UserId after, std::size_t limit) {
  std::vector<AmountBefore> found;
  found.reserve(limit);
  static const std::string kSql =
      "SELECT a.id, (SELECT s.amount FROM asset_snapshots s WHERE s.user_id = a.id AND s.day < :day "
      "ORDER BY s.day DESC LIMIT 1) FROM " +
      accounts::table("a") + " WHERE a.id > :after AND " + accounts::is_active("a") + " ORDER BY a.id LIMIT :limit";
  connection.each(kSql, args(day, after, limit), [&](UserId user, std::optional<Won> amount) {
    found.push_back({user, amount});
  });
  return found;
}

std::vector<AmountOn> amounts_on(Connection& connection, time::Day day, UserId after, UserId last) {
  std::vector<AmountOn> found;
  // The outer join keeps both databases from beginning with the snapshots.
  static const std::string kSql =
      "SELECT a.id, s.amount, s.multiplier FROM " + accounts::table("a") +
      " LEFT JOIN asset_snapshots s ON s.user_id = a.id AND s.day = :day WHERE a.id > :after AND a.id <= :last AND " +
      accounts::is_active("a") + " ORDER BY a.id";
  connection.each(kSql, args(day, after, last),
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
