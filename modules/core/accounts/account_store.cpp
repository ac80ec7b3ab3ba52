#include <cstddef>
#include <utility>

#include "accounts.hpp"
#include "assets/assets.hpp"

namespace dontgoback::core::accounts {

std::string_view to_string(AccountStatus status) {
  switch (status) {
    case AccountStatus::active:
      return "ACTIVE";
    case AccountStatus::inactive:
      return "INACTIVE";
    case AccountStatus::close_requested:
      return "CLOSE_REQUESTED";
    case AccountStatus::suspended:
      break;
  }
  return "SUSPENDED";
}

std::string_view to_string(http::Role role) {
  switch (role) {
    case http::Role::guest:
      return "GUEST";
    case http::Role::user:
      return "USER";
    case http::Role::admin:
      break;
  }
  return "ADMIN";
}

namespace {

/// The current amount is the latest snapshot's. Where that is of a day to come, what is shown is another.
void show_fortune_of(storage::Connection& connection, Account& account, time::Day amount_day, time::Day today) {
  if (amount_day <= today) return;
  if (const auto fortune = assets::fortune_on(connection, account.id, assets::last_shown_day(connection, today))) {
    account.amount = fortune->amount;
    account.multiplier = fortune->multiplier;
  }
}

}  // namespace

std::vector<Account> list_accounts(storage::Connection& connection, UserId after, int limit, time::Day today) {
  std::vector<Account> accounts;
  std::vector<std::pair<std::size_t, time::Day>> ahead;
  connection.each(
      "SELECT id, role, status, email, amount, multiplier, amount_day FROM accounts WHERE id > :after ORDER BY id "
      "LIMIT :limit",
      storage::args(after, limit),
      [&](UserId id, int role, int status, const std::optional<std::string>& email, Won amount, Multiplier multiplier,
          time::Day day) {
        if (day > today) ahead.emplace_back(accounts.size(), day);
        accounts.push_back({id, http::Role{role}, AccountStatus{status}, email, amount, multiplier});
      });
  for (const auto& [index, day] : ahead) show_fortune_of(connection, accounts[index], day, today);
  return accounts;
}

std::optional<Account> find_account(storage::Connection& connection, UserId id, time::Day today) {
  std::optional<Account> account;
  time::Day amount_day;
  connection.each("SELECT role, status, email, amount, multiplier, amount_day FROM accounts WHERE id = :id",
                  storage::args(id),
                  [&](int role, int status, const std::optional<std::string>& email, Won amount, Multiplier multiplier,
                      time::Day day) {
                    account = Account{id, http::Role{role}, AccountStatus{status}, email, amount, multiplier};
                    amount_day = day;
                  });
  if (account) show_fortune_of(connection, *account, amount_day, today);
  return account;
}

std::optional<Standing> find_standing(storage::Connection& connection, UserId id) {
  const auto found = connection.one<int, int>("SELECT role, status FROM accounts WHERE id = :id", id);
  if (!found) return std::nullopt;
  return Standing{id, http::Role{std::get<0>(*found)}, AccountStatus{std::get<1>(*found)}};
}

std::vector<Absence> absences(storage::Connection& connection, UserId after, UserId last) {
  std::vector<Absence> found;
  std::optional<Absence> open;
  // The outer join keeps both databases from beginning with the history.
  connection.each(
      "SELECT a.id, h.status, h.created_at FROM accounts a LEFT JOIN account_history h ON h.user_id = a.id "
      "WHERE a.id > :after AND a.id <= :last AND a.status = 0 ORDER BY a.id, h.id",
      storage::args(after, last), [&](UserId user, std::optional<int> status, std::optional<time::Timestamp> at) {
        if (!status || !at) return;
        if (open && open->user != user) open.reset();
        if (AccountStatus{*status} != AccountStatus::active) {
          if (!open) open = Absence{user, *at, *at};
        } else if (open) {
          open->until = *at;
          found.push_back(*open);
          open.reset();
        }
      });
  return found;
}

namespace {

void add_history(storage::Connection& connection, UserId id, AccountStatus status, std::string_view reason,
                 time::Timestamp now) {
  connection.execute(
      "INSERT INTO account_history (user_id, status, reason, created_at) VALUES (:user_id, :status, :reason, :now)", id,
      static_cast<int>(status), reason, now);
}

}  // namespace

UserId create_account(storage::Connection& connection, const NewAccount& account) {
  const Multiplier unchanged;
  connection.execute(
      "INSERT INTO accounts (role, status, email, amount, multiplier, amount_day, created_at, last_seen_at) "
      "VALUES (:role, :status, :email, :amount, :multiplier, :day, :created_at, :last_seen_at)",
      static_cast<int>(account.role), static_cast<int>(AccountStatus::active), account.email, kFirstAmount, unchanged,
      account.today, account.now, account.now);
  const UserId id{connection.last_insert_id()};
  connection.execute(
      "INSERT INTO asset_snapshots (user_id, day, amount, multiplier, created_at) "
      "VALUES (:user_id, :day, :amount, :multiplier, :now)",
      id, account.today, kFirstAmount, unchanged, account.now);
  add_history(connection, id, AccountStatus::active, "created", account.now);
  return id;
}

bool change_status(storage::Connection& connection, UserId id, AccountStatus status, std::string_view reason,
                   time::Timestamp now) {
  if (!connection.one<std::int64_t>("SELECT id FROM accounts WHERE id = :id", id)) return false;
  connection.execute("UPDATE accounts SET status = :status WHERE id = :id", static_cast<int>(status), id);
  add_history(connection, id, status, reason, now);
  return true;
}

void touch_account(storage::Connection& connection, UserId id, time::Timestamp now) {
  connection.execute("UPDATE accounts SET last_seen_at = :now WHERE id = :id", now, id);
}

void lock_account(storage::Connection& connection, UserId id) {
  connection.execute("UPDATE accounts SET status = status WHERE id = :id", id);
}

}  // namespace dontgoback::core::accounts
