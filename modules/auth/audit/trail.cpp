#include "audit/trail.hpp"

#include <algorithm>
#include <utility>

#include "audit/store.hpp"

namespace dontgoback::auth {

void AuditTrail::gather(std::string_view action, std::string_view client, std::string_view address,
                        std::string_view result, std::string_view reason) {
  const auto now = clock_.now();
  const std::lock_guard lock(mutex_);
  add({std::string(action), std::string(client), std::string(address), std::string(result), std::string(reason)},
      {now, 1});
}

void AuditTrail::add(Key key, const Count& count) {
  if (counts_.size() >= kMost && !counts_.contains(key)) key = Key(std::get<0>(key), "", "", "many refusals", "");
  auto& kept = counts_.try_emplace(std::move(key), Count{count.first, 0}).first->second;
  kept.first = std::min(kept.first, count.first);
  kept.times += count.times;
}

std::size_t AuditTrail::flush(storage::Database& database) {
  Counts counts;
  {
    const std::lock_guard lock(mutex_);
    counts = std::exchange(counts_, {});
  }
  if (counts.empty()) return 0;
  try {
    database.write([&](storage::Connection& connection) {
      for (const auto& [key, count] : counts) {
        const auto& [action, client, address, result, reason] = key;
        AuditEntry entry;
        entry.at = count.first;
        entry.actor = {client.empty() ? "(unknown)" : client, address};
        entry.action = action;
        entry.subject = client;
        entry.result = result;
        entry.reason = reason;
        entry.times = count.times;
        add_entry(connection, entry);
      }
    });
  } catch (...) {
    const std::lock_guard lock(mutex_);
    for (const auto& [key, count] : counts) add(key, count);
    throw;
  }
  return counts.size();
}

}  // namespace dontgoback::auth
