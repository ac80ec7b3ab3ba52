#include "life_cycle_store.hpp"

#include "amounts.hpp"
#include "dontgoback/storage/planned.hpp"

namespace dontgoback::core::accounts {
namespace {

const storage::Planned kDropHistory("accounts/drop-history",
                                    "DELETE FROM account_history {account_history_by_user} WHERE user_id = :user_id");

}  // namespace

UserId insert_account(storage::Connection& connection, const NewAccount& account) {
  connection.execute(
      "INSERT INTO accounts (role, status, email, amount, multiplier, amount_day, created_at, last_seen_at) "
      "VALUES (:role, :status, :email, :amount, :multiplier, :day, :created_at, :last_seen_at)",
      static_cast<int>(account.role), static_cast<int>(AccountStatus::active), account.email, kFirstAmount,
      Multiplier{}, account.today, account.now, account.now);
  return UserId{connection.last_insert_id()};
}

void update_status(storage::Connection& connection, UserId id, AccountStatus status) {
  connection.execute("UPDATE accounts SET status = :status WHERE id = :id", static_cast<int>(status), id);
}

void update_role(storage::Connection& connection, UserId id, http::Role role) {
  connection.execute("UPDATE accounts SET role = :role WHERE id = :id", static_cast<int>(role), id);
}

void add_history(storage::Connection& connection, UserId id, AccountStatus status, std::string_view reason,
                 time::Timestamp now) {
  connection.execute(
      "INSERT INTO account_history (user_id, status, reason, created_at) VALUES (:user_id, :status, :reason, :now)", id,
      static_cast<int>(status), reason, now);
}

void delete_account(storage::Connection& connection, UserId id) {
  connection.execute(kDropHistory.on(connection), id);
  connection.execute("DELETE FROM accounts WHERE id = :id", id);
}

void lock_account(storage::Connection& connection, UserId id) {
  connection.execute("UPDATE accounts SET status = status WHERE id = :id", id);
}

bool hold_account(storage::Connection& connection, UserId id) {
  return connection
      .one<std::int64_t>(connection.dialect() == storage::Dialect::sqlite  // which has one writer
                             ? "SELECT id FROM accounts WHERE id = :id"
                             : "SELECT id FROM accounts WHERE id = :id LOCK IN SHARE MODE",
                         id)
      .has_value();
}

namespace {

/// Nobody's account.
void ensure(storage::Connection& connection, UserId id) {
  constexpr auto kStatus = static_cast<int>(AccountStatus::departed);
  constexpr auto kRole = static_cast<int>(http::Role::user);
  if (connection.one<std::int64_t>("SELECT 1 FROM accounts WHERE id = :id", id)) return;
  try {
    connection.execute(
        "INSERT INTO accounts (id, role, status, amount, multiplier, amount_day, created_at, last_seen_at) "
        "VALUES (:id, :role, :status, :amount, :multiplier, :day, :created_at, :last_seen_at)",
        id, kRole, kStatus, kFirstAmount, Multiplier{}, time::Day{}, time::Timestamp{}, time::Timestamp{});
  } catch (const storage::DuplicateKey&) {  // another one has
  }
}

}  // namespace

void ensure_departed(storage::Connection& connection) { ensure(connection, kDeparted); }
void ensure_unlinked(storage::Connection& connection) { ensure(connection, kUnlinked); }

void touch_account(storage::Connection& connection, UserId id, time::Timestamp now) {
  connection.execute("UPDATE accounts SET last_seen_at = :now WHERE id = :id", now, id);
}

}  // namespace dontgoback::core::accounts
