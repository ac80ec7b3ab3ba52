#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "dontgoback/storage/database.hpp"
#include "dontgoback/time/clock.hpp"

namespace dontgoback::auth {

/// When each secret was last used: noted in memory, written together (a job, once a minute), so that a token costs no
/// write. The first use of a secret in this process is written within a second: whether a new secret has reached its
/// client is what operators ask. A node that is killed forgets a minute of it. Any thread.
class LastUses {
 public:
  explicit LastUses(const time::Clock& clock) : clock_(clock) {}

  void note(std::int64_t secret_id);
  /// Writes what was noted since the last time; keeps it for the next when that fails. The number written.
  std::size_t flush(storage::Database& database);
  /// The same if a secret was used for the first time.
  std::size_t flush_first(storage::Database& database);

 private:
  const time::Clock& clock_;
  std::mutex mutex_;
  std::unordered_map<std::int64_t, time::Timestamp> noted_;
  std::unordered_set<std::int64_t> seen_;
  bool has_first_ = false;
};

}  // namespace dontgoback::auth
