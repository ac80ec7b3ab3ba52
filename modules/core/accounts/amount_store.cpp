#include "amounts.hpp"
#include "dontgoback/storage/planned.hpp"
#include "fragments.hpp"
#include "name_band_store.hpp"

namespace dontgoback::core::accounts {
namespace {

using storage::args;
using storage::Connection;
using time::Day;

const storage::Planned kActive("accounts/active",
                               "SELECT id FROM accounts {PRIMARY} WHERE id > :after AND id <= :last AND " +
                                   is_active("accounts") + " ORDER BY id LIMIT 1000");
const storage::Planned kAhead("accounts/ahead",
                              "SELECT id FROM accounts {PRIMARY} WHERE id > :after AND amount_day > :day ORDER BY id "
                              "LIMIT :limit");

std::optional<Day> one_day(Connection& connection, std::string_view sql) {
  const auto found = connection.one<std::optional<Day>>(sql);
  return found ? std::get<0>(*found) : std::nullopt;
}

}  // namespace

std::vector<UserId> active_accounts(Connection& connection, UserId after, UserId last) {
  std::vector<UserId> found;
  connection.each(kActive.on(connection), args(after, last), [&](UserId user) { found.push_back(user); });
  return found;
}

std::vector<UserId> active_accounts_of(Connection& connection, Day amount_day) {
  static const std::string kSql =
      "SELECT id FROM accounts WHERE " + is_active("accounts") + " AND amount_day = :day ORDER BY id LIMIT 100";
  std::vector<UserId> found;
  connection.each(kSql, args(amount_day), [&](UserId user) { found.push_back(user); });
  return found;
}

std::vector<UserId> accounts_ahead(Connection& connection, Day day, UserId after, std::size_t limit) {
  std::vector<UserId> found;
  connection.each(kAhead.on(connection), args(after, day, limit), [&](UserId user) { found.push_back(user); });
  return found;
}

std::optional<Day> latest_amount_day(Connection& connection) {
  // An amount of a day later than the one the account was made on (in any zone) was set since.
  static const std::string kSql = "SELECT MAX(amount_day) FROM accounts WHERE " + is_active("accounts") +
                                  " AND amount_day * 86400000 > created_at + 86400000";
  return one_day(connection, kSql);
}

std::optional<Day> earliest_amount_day(Connection& connection) {
  static const std::string kSql = "SELECT MIN(amount_day) FROM accounts WHERE " + is_active("accounts");
  return one_day(connection, kSql);
}

void make_current(Connection& connection, AmountTable table, Day day, UserId first, UserId last) {
  const std::string name(table.name);
  const auto sql = connection.dialect() == storage::Dialect::sqlite
                       ? "UPDATE accounts SET amount = s.amount, multiplier = s.multiplier, amount_day = s.day FROM " +
                             name +
                             " s WHERE s.user_id = accounts.id AND s.day = :day AND accounts.id BETWEEN :first AND "
                             ":last AND " +
                             is_active("accounts") + " AND accounts.amount_day <= :not_after"
                       : "UPDATE accounts a FORCE INDEX (PRIMARY) STRAIGHT_JOIN " + name +
                             " s FORCE INDEX (PRIMARY) ON s.user_id = a.id "
                             "SET a.amount = s.amount, a.multiplier = s.multiplier, a.amount_day = s.day "
                             "WHERE s.day = :day AND a.id BETWEEN :first AND :last AND " +
                             is_active("a") + " AND a.amount_day <= :not_after";
  connection.execute(sql, day, first, last, day);
  note_change(connection);
}

void set_current(Connection& connection, UserId user, const Fortune& fortune, Day day) {
  connection.execute(
      "UPDATE accounts SET amount = :amount, multiplier = :multiplier, amount_day = :day WHERE id = :user_id",
      fortune.amount, fortune.multiplier, day, user);
  note_change(connection);
}

}  // namespace dontgoback::core::accounts
