#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "dontgoback/jobs/scheduler.hpp"
#include "dontgoback/ports/asset_source.hpp"
#include "dontgoback/storage/database.hpp"
#include "dontgoback/telemetry/metrics.hpp"
#include "dontgoback/time/clock.hpp"
#include "dontgoback/time/day.hpp"
#include "snapshot_store.hpp"
#include "store.hpp"

namespace dontgoback::core::assets {

inline constexpr std::string_view kRefreshJob = "asset-refresh";
inline constexpr std::chrono::minutes kRefreshTime = std::chrono::hours(3);  ///< of each day

/// One account is counted once: it has the day's row now, or it has not.
struct RefreshResult {
  std::int64_t total = 0;
  std::int64_t success = 0;
  std::int64_t failed = 0;
  std::int64_t elapsed_ms = 0;
};

/// `2026-11-20: 3 accounts, 2 done, 1 failed in 12 ms`
std::string to_string(time::Day day, const RefreshResult& result);

/// Gives every ACTIVE account that has none its row of a day (contract, section 4), in slices by user id: ask the
/// source outside any transaction, then write the slice in one. Where a slice was written it stays; a second run does
/// the rest.
class AssetRefresh {
 public:
  /// `source` may be null: nobody to ask, every account fails.
  AssetRefresh(storage::Database& database, std::shared_ptr<ports::AssetSource> source, const time::Clock& clock,
               const time::Zone& zone, telemetry::Metrics& metrics);

  /// A day later than today is one that was asked for by name: it is shown from now on. Blocks for as long as it takes;
  /// runs under the lease of kRefreshJob. Throws Unavailable when the database is away or the run is told to stop.
  RefreshResult run(time::Day day, const jobs::Run& run) const;

 private:
  struct Slice {
    std::vector<ports::AssetQuery> queries;
    UserId last;
    bool full = false;
  };
  void begin(time::Day day) const;
  Slice next_slice(time::Day day, UserId after) const;
  std::vector<SnapshotRow> ask(time::Day day, const Slice& slice, bool& source_away) const;
  void write(time::Day day, const Slice& slice, const std::vector<SnapshotRow>& rows) const;

  storage::Database& database_;
  std::shared_ptr<ports::AssetSource> source_;
  const time::Clock& clock_;
  const time::Zone& zone_;
  SnapshotWriter writer_;
  telemetry::Counter& succeeded_;
  telemetry::Counter& failed_;
};

}  // namespace dontgoback::core::assets
