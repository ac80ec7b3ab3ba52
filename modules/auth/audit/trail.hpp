#pragma once

#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <tuple>

#include "audit/entry.hpp"
#include "dontgoback/storage/database.hpp"
#include "dontgoback/time/clock.hpp"

namespace dontgoback::auth {

/// Collects refusals, and what clients do by themselves, and writes them together every few seconds, alike ones as one
/// row with a count: whoever guesses secrets must not be able to fill the disk, or to make it sync. Administrative acts
/// are not collected: their row is in the transaction of the act. Any thread.
class AuditTrail {
 public:
  /// Different refusals held at once; what is over that is counted together, without client and address.
  static constexpr std::size_t kMost = 256;

  explicit AuditTrail(const time::Clock& clock) : clock_(clock) {}

  /// `client`: a registered client's id, or empty. What an unknown client called itself is not kept: it may be a secret
  /// in the wrong field.
  void gather(std::string_view action, std::string_view client, std::string_view address, std::string_view result,
              std::string_view reason = {});
  /// Writes what was collected; keeps it for the next time when that fails. The number of rows.
  std::size_t flush(storage::Database& database);

 private:
  // action, client, address, result, reason
  using Key = std::tuple<std::string, std::string, std::string, std::string, std::string>;
  struct Count {
    time::Timestamp first{};
    std::int64_t times = 0;
  };
  using Counts = std::map<Key, Count>;

  void add(Key key, const Count& count);

  const time::Clock& clock_;
  std::mutex mutex_;
  Counts counts_;
};

}  // namespace dontgoback::auth
