#include "clients/last_uses.hpp"

#include <utility>

#include "clients/store.hpp"

namespace dontgoback::auth {

void LastUses::note(std::int64_t secret_id) {
  const auto now = clock_.now();
  const std::lock_guard lock(mutex_);
  noted_[secret_id] = now;
  has_first_ |= seen_.insert(secret_id).second;
}

std::size_t LastUses::flush(storage::Database& database) {
  std::unordered_map<std::int64_t, time::Timestamp> noted;
  {
    const std::lock_guard lock(mutex_);
    noted = std::exchange(noted_, {});
    has_first_ = false;
  }
  if (noted.empty()) return 0;
  try {
    database.write([&](storage::Connection& connection) {
      for (const auto& [secret, used_at] : noted) note_use(connection, secret, used_at);
    });
  } catch (...) {
    const std::lock_guard lock(mutex_);
    noted_.merge(noted);  // what was noted meanwhile is later
    has_first_ = true;
    throw;
  }
  return noted.size();
}

std::size_t LastUses::flush_first(storage::Database& database) {
  {
    const std::lock_guard lock(mutex_);
    if (!has_first_) return 0;
  }
  return flush(database);
}

}  // namespace dontgoback::auth
