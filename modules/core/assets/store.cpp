#include "store.hpp"

#include "core/assets.hpp"

namespace dontgoback::core {
namespace {

using storage::args;
using storage::Connection;
using storage::Dialect;

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

std::optional<time::Timestamp> latest_change(Connection& connection, UserId user) {
  const auto found = connection.one<std::optional<time::Timestamp>>(
      "SELECT MAX(created_at) FROM asset_snapshots WHERE user_id = :user_id", user);
  return found ? std::get<0>(*found) : std::nullopt;
}

std::vector<DueAccount> due_accounts(Connection& connection, time::Day day, UserId after) {
  std::vector<DueAccount> found;
  found.reserve(kSlice);
  connection.each(
      "SELECT a.id, CASE WHEN a.amount_day < :current_day THEN a.amount ELSE "
      "(SELECT s.amount FROM asset_snapshots s WHERE s.user_id = a.id AND s.day < :earlier_day "
      "ORDER BY s.day DESC LIMIT 1) END "
      "FROM accounts a LEFT JOIN asset_snapshots t ON t.user_id = a.id AND t.day = :day "
      "WHERE a.id > :after AND a.status = 0 AND t.user_id IS NULL ORDER BY a.id LIMIT 1000",
      args(day, day, day, after), [&](UserId user, std::optional<Won> base) {
        found.push_back({user, base});
      });
  return found;
}

std::int64_t count_due(Connection& connection, time::Day day, UserId after) {
  const auto found = connection.one<std::int64_t>(
      "SELECT COUNT(*) FROM accounts a LEFT JOIN asset_snapshots t ON t.user_id = a.id AND t.day = :day "
      "WHERE a.id > :after AND a.status = 0 AND t.user_id IS NULL AND (a.amount_day < :current_day OR EXISTS "
      "(SELECT 1 FROM asset_snapshots s WHERE s.user_id = a.id AND s.day < :earlier_day))",
      day, after, day, day);
  return std::get<0>(found.value());
}

std::vector<UserId> active_accounts(Connection& connection, UserId after, UserId last) {
  std::vector<UserId> found;
  connection.each("SELECT id FROM accounts WHERE id > :after AND id <= :last AND status = 0 ORDER BY id LIMIT 1000",
                  args(after, last), [&](UserId user) { found.push_back(user); });
  return found;
}

void make_current(Connection& connection, time::Day day, UserId first, UserId last) {
  constexpr std::string_view kSqlite =
      "UPDATE accounts SET amount = s.amount, multiplier = s.multiplier, amount_day = s.day FROM asset_snapshots s "
      "WHERE s.user_id = accounts.id AND s.day = :day AND accounts.id BETWEEN :first AND :last "
      "AND accounts.status = 0 AND accounts.amount_day <= :not_after";
  constexpr std::string_view kMysql =
      "UPDATE accounts a JOIN asset_snapshots s ON s.user_id = a.id "
      "SET a.amount = s.amount, a.multiplier = s.multiplier, a.amount_day = s.day "
      "WHERE s.day = :day AND a.id BETWEEN :first AND :last AND a.status = 0 AND a.amount_day <= :not_after";
  connection.execute(connection.dialect() == Dialect::sqlite ? kSqlite : kMysql, day, first, last, day);
}

std::optional<Fortune> fortune_on(Connection& connection, UserId user, time::Day day) {
  const auto found = connection.one<Won, Multiplier>(
      "SELECT amount, multiplier FROM asset_snapshots WHERE user_id = :user_id AND day <= :day ORDER BY day DESC LIMIT "
      "1",
      user, day);
  if (!found) return std::nullopt;
  return Fortune{std::get<0>(*found), std::get<1>(*found)};
}

bool is_done(Connection& connection, std::string_view name) {
  return connection.one<std::int64_t>("SELECT 1 FROM backfills WHERE name = :name", name).has_value();
}

void mark_done(Connection& connection, std::string_view name, time::Timestamp now) {
  try {
    connection.execute("INSERT INTO backfills (name, created_at) VALUES (:name, :now)", name, now);
  } catch (const storage::DuplicateKey&) {  // two runs at once wrote the same rows; one mark is enough
  }
}

}  // namespace dontgoback::core
