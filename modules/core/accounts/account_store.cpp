#include "accounts.hpp"

namespace dontgoback::core::accounts {

std::optional<Standing> find_standing(storage::Connection& connection, UserId id) {
  const auto found = connection.one<int, int>("SELECT role, status FROM accounts WHERE id = :id", id);
  if (!found) return std::nullopt;
  return Standing{id, http::Role{std::get<0>(*found)}, AccountStatus{std::get<1>(*found)}};
}

Result<Standing> find_profile(storage::Connection& connection, UserId id) {
  const auto account = find_standing(connection, id);
  if (!account || is_hidden(account->status)) return kNoUser;
  return *account;
}

std::optional<UserId> find_by_email(storage::Connection& connection, std::string_view email) {
  const auto found = connection.one<UserId>("SELECT id FROM accounts WHERE email = :email", email);
  if (!found) return std::nullopt;
  return std::get<0>(*found);
}

std::vector<Absence> absences(storage::Connection& connection, UserId after, UserId last) {
  std::vector<Absence> found;
  std::optional<Absence> open;
  // The outer join keeps both databases from beginning with the history.
  static const std::string kSql =
      "SELECT a.id, h.status, h.created_at FROM accounts a LEFT JOIN account_history h ON h.user_id = a.id "
      "WHERE a.id > :after AND a.id <= :last AND " +
      is_active("a") + " ORDER BY a.id, h.id";
  connection.each(kSql, storage::args(after, last),
                  [&](UserId user, std::optional<int> status, std::optional<time::Timestamp> at) {
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

}  // namespace dontgoback::core::accounts
