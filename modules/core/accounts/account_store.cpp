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

const storage::Planned kNewest("accounts/newest",
                               "SELECT id FROM accounts {PRIMARY} WHERE id > 0 ORDER BY id DESC LIMIT 1");

const storage::Planned kLastSeen("accounts/last-seen-of-role",
                                 "SELECT id, created_at, last_seen_at FROM accounts {accounts_by_role_seen} "
                                 "WHERE role = :role AND last_seen_at >= :since ORDER BY last_seen_at DESC LIMIT 100");

}  // namespace

UserId newest_account(storage::Connection& connection) {
  const auto newest = connection.one<UserId>(kNewest.on(connection));
  return newest ? std::get<0>(*newest) : UserId{};
}

std::vector<LastSeen> last_seen_admins(storage::Connection& connection) {
  std::vector<LastSeen> admins;
  connection.each(kLastSeen.on(connection), storage::args(static_cast<int>(http::Role::admin), time::Timestamp{}),
                  [&admins](UserId id, time::Timestamp created_at, time::Timestamp last_seen_at) {
                    admins.push_back({id, last_seen_at != created_at});
                  });
  return admins;
}

std::optional<Standing> find_standing(storage::Connection& connection, UserId id) {
  const auto found =
      connection.one<int, int, int>("SELECT role, status, private_profile FROM accounts WHERE id = :id", id);
  if (!found) return std::nullopt;
  return Standing{id, http::Role{std::get<0>(*found)}, AccountStatus{std::get<1>(*found)},
                  Visibility{std::get<2>(*found)}};
}

Result<Standing> find_profile(storage::Connection& connection, UserId id) {
  const auto account = find_standing(connection, id);
  if (!account || is_hidden(account->status)) return kNoUser;
  return *account;
}

std::optional<std::string> find_email(storage::Connection& connection, UserId id) {
  const auto found = connection.one<std::optional<std::string>>("SELECT email FROM accounts WHERE id = :id", id);
  return found ? std::get<0>(*found) : std::nullopt;
}

bool has_email(storage::Connection& connection, UserId id) {
  return connection
      .one<std::int64_t>("SELECT 1 FROM accounts WHERE id = :id AND email IS NOT NULL AND mail_refused = 0", id)
      .has_value();
}

std::optional<std::string> mail_address(storage::Connection& connection, UserId id) {
  const auto found =
      connection.one<std::optional<std::string>>("SELECT email FROM accounts WHERE id = :id AND mail_refused = 0", id);
  return found ? std::get<0>(*found) : std::nullopt;
}

void set_mail(storage::Connection& connection, UserId id, std::string_view address, Mail mail) {
  connection.execute("UPDATE accounts SET mail_refused = :refused WHERE id = :id AND email = :email",
                     mail == Mail::refused ? 1 : 0, id, address);
}

Result<Standing> find_open_profile(storage::Connection& connection, UserId id, const http::Identity& viewer) {
  const auto account = find_profile(connection, id);
  if (!account || account.value().profile == Visibility::everybody) return account;
  const bool may_open = viewer.is_account() && (viewer.user == id || is_at_least(viewer.role, http::Role::moderator));
  if (!may_open) return kPrivate;
  return account;
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
