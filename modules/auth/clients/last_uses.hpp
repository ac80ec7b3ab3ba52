#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <unordered_map>

#include "dontgoback/storage/database.hpp"
#include "dontgoback/time/clock.hpp"

namespace dontgoback::auth {

/// When each secret was last used: noted in memory, written together (a job, once a minute), so that a token costs no
/// write. A node that is killed forgets a minute of it. Any thread.
class LastUses {
 public:
  explicit LastUses(const time::Clock& clock) : clock_(clock) {}

  void note(std::int64_t secret_id);
  /// Writes what was noted since the last time; keeps it for the next when that fails. The number written.
  std::size_t flush(storage::Database& database);

 private:
  const time::Clock& clock_;
  std::mutex mutex_;
  std::unordered_map<std::int64_t, time::Timestamp> noted_;
};

}  // namespace dontgoback::auth
