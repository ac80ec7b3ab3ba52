#include "core/accounts.hpp"

namespace dontgoback::core {

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

std::vector<Account> list_accounts(storage::Connection& connection, UserId after, int limit) {
  std::vector<Account> accounts;
  connection.each(
      "SELECT id, role, status, email, amount, multiplier FROM accounts WHERE id > :after ORDER BY id LIMIT :limit",
      storage::args(after, limit),
      [&accounts](UserId id, int role, int status, const std::optional<std::string>& email, Won amount,
                  Multiplier multiplier) {
        accounts.push_back({id, http::Role{role}, AccountStatus{status}, email, amount, multiplier});
      });
  return accounts;
}

std::optional<Account> find_account(storage::Connection& connection, UserId id) {
  std::optional<Account> account;
  connection.each(
      "SELECT role, status, email, amount, multiplier FROM accounts WHERE id = :id", storage::args(id),
      [&account, id](int role, int status, const std::optional<std::string>& email, Won amount, Multiplier multiplier) {
        account = Account{id, http::Role{role}, AccountStatus{status}, email, amount, multiplier};
      });
  return account;
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

}  // namespace dontgoback::core
