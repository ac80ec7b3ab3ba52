#include <algorithm>
#include <utility>

#include "accounts.hpp"
#include "dontgoback/storage/planned.hpp"

namespace dontgoback::core::accounts {
namespace {

// Not in order: MariaDB can take none over two tables without sorting.
const storage::Planned kHistory(
    "accounts/history",
    "SELECT a.id, h.id, h.status, h.created_at FROM accounts a {PRIMARY} LEFT JOIN account_history h "
    "{account_history_by_user} ON h.user_id = a.id WHERE a.id > :after AND a.id <= :last AND " +
        is_active("a"));

}  // namespace

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
  struct Entry {
    UserId user;
    std::int64_t id;
    AccountStatus status;
    time::Timestamp at;
  };
  std::vector<Entry> history;
  connection.each(kHistory.on(connection), storage::args(after, last),
                  [&history](UserId user, std::optional<std::int64_t> id, std::optional<int> status,
                             std::optional<time::Timestamp> at) {
                    if (id) history.push_back({user, *id, AccountStatus{*status}, *at});
                  });
  std::ranges::sort(history, {}, [](const Entry& entry) { return std::pair(entry.user.value, entry.id); });

  std::vector<Absence> found;
  std::optional<Absence> open;
  for (const auto& entry : history) {
    if (open && open->user != entry.user) open.reset();
    if (entry.status != AccountStatus::active) {
      if (!open) open = Absence{entry.user, entry.at, entry.at};
    } else if (open) {
      open->until = entry.at;
      found.push_back(*open);
      open.reset();
    }
  }
  return found;
}

}  // namespace dontgoback::core::accounts
