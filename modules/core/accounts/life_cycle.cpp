#include "life_cycle.hpp"

#include <algorithm>

#include "accounts.hpp"
#include "life_cycle_store.hpp"

namespace dontgoback::core::accounts {

UserId LifeCycle::create(storage::Connection& connection, const NewAccount& account) const {
  const auto id = insert_account(connection, account);
  add_history(connection, id, AccountStatus::active, account.role == http::Role::guest ? "방문자 가입" : "신규 가입",
              account.now);
  for (const auto* subscriber : subscribers_) subscriber->created(connection, id, account);
  return id;
}

void LifeCycle::signed_in(storage::Connection& connection, UserId id, time::Timestamp now) const {
  const auto account = find_standing(connection, id);
  if (account && is_hidden(account->status)) {
    set_status(connection, id, AccountStatus::active,
               account->status == AccountStatus::inactive ? "비활성화 해제" : "탈퇴 철회", now);
  }
  touch_account(connection, id, now);
  for (const auto* subscriber : subscribers_) subscriber->signed_in(connection, id, now);
}

std::optional<AccountStatus> LifeCycle::set_status(storage::Connection& connection, UserId id, AccountStatus status,
                                                   std::string_view reason, time::Timestamp now) const {
  lock_account(connection, id);  // what is read of it counts until the end
  const auto account = find_standing(connection, id);
  if (!account || account->status == AccountStatus::closed) return std::nullopt;
  if (account->status != status) {
    update_status(connection, id, status);
    add_history(connection, id, status, reason, now);
  }
  for (const auto* subscriber : subscribers_) {
    subscriber->status_changed(connection, {id, account->status, status, now});
  }
  return account->status;
}

std::optional<http::Role> LifeCycle::set_role(storage::Connection& connection, UserId id, http::Role role,
                                              time::Timestamp now) const {
  lock_account(connection, id);
  const auto account = find_standing(connection, id);
  if (!account) return std::nullopt;
  if (account->role != http::Role::guest && account->role != role) {
    update_role(connection, id, role);
    add_history(connection, id, account->status, "made " + std::string(to_string(role)), now);
  }
  return account->role;
}

void LifeCycle::remove(storage::Connection& connection, UserId id) const {
  for (const auto* subscriber : subscribers_) subscriber->removed(connection, id);
  delete_account(connection, id);
}

bool LifeCycle::remove_slice(storage::Connection& connection, UserId id, time::Timestamp now) const {
  const auto account = find_standing(connection, id);
  if (!account) return true;
  // Every part has its turn in each slice: none waits for another's thousands of rows.
  const auto parts_left = std::ranges::count_if(
      subscribers_, [&](const auto* subscriber) { return !subscriber->removed_some(connection, id); });
  if (parts_left == 0) {
    remove(connection, id);
    return true;
  }
  if (account->status != AccountStatus::closed) {
    update_status(connection, id, AccountStatus::closed);
    for (const auto* subscriber : subscribers_) {
      subscriber->status_changed(connection, {id, account->status, AccountStatus::closed, now});
    }
  }
  return false;
}

void LifeCycle::merge(storage::Connection& connection, UserId from, UserId to) const {
  for (const auto* subscriber : subscribers_) subscriber->merged(connection, from, to);
  remove(connection, from);
}

}  // namespace dontgoback::core::accounts
