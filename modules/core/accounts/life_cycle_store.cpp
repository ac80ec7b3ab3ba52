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

void touch_account(storage::Connection& connection, UserId id, time::Timestamp now) {
  connection.execute("UPDATE accounts SET last_seen_at = :now WHERE id = :id", now, id);
}

}  // namespace dontgoback::core::accounts
