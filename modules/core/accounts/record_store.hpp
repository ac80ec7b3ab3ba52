#pragma once

#include <optional>
#include <string>
#include <vector>

#include "account.hpp"
#include "dontgoback/storage/connection.hpp"
#include "dontgoback/time/clock.hpp"

// What an operator reads of one account besides what others see, and its own member.
namespace dontgoback::core::accounts {

struct Dates {
  time::Timestamp created_at;
  time::Timestamp last_seen_at;  ///< signed in or renewed
};
std::optional<Dates> find_dates(storage::Connection& connection, UserId id);

struct HistoryEntry {
  AccountStatus status;
  std::string reason;
  time::Timestamp at;
};
/// The account's history, the latest first; at most `limit`.
std::vector<HistoryEntry> latest_history(storage::Connection& connection, UserId id, int limit);

}  // namespace dontgoback::core::accounts
