#include "record_store.hpp"

#include "dontgoback/storage/planned.hpp"

namespace dontgoback::core::accounts {
namespace {

const storage::Planned kLatestHistory("accounts/latest-history",
                                      "SELECT status, reason, created_at FROM account_history "
                                      "{account_history_by_user} WHERE user_id = :user_id ORDER BY id DESC LIMIT "
                                      ":limit");

}  // namespace

std::optional<Dates> find_dates(storage::Connection& connection, UserId id) {
  const auto found = connection.one<time::Timestamp, time::Timestamp>(
      "SELECT created_at, last_seen_at FROM accounts WHERE id = :id", id);
  if (!found) return std::nullopt;
  return Dates{std::get<0>(*found), std::get<1>(*found)};
}

std::vector<HistoryEntry> latest_history(storage::Connection& connection, UserId id, int limit) {
  std::vector<HistoryEntry> entries;
  connection.each(kLatestHistory.on(connection), storage::args(id, limit),
                  [&entries](int status, std::string reason, time::Timestamp at) {
                    entries.push_back({AccountStatus{status}, std::move(reason), at});
                  });
  return entries;
}

}  // namespace dontgoback::core::accounts
