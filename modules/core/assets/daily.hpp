#pragma once

#include <memory>
#include <optional>
#include <string>

#include "dontgoback/jobs/scheduler.hpp"
#include "dontgoback/ports/asset_source.hpp"
#include "dontgoback/storage/database.hpp"
#include "dontgoback/time/clock.hpp"
#include "dontgoback/time/clock_trust.hpp"
#include "dontgoback/time/day.hpp"
#include "make_up.hpp"
#include "missed_days.hpp"
#include "refresh.hpp"

namespace dontgoback::core::assets {

inline constexpr std::string_view kMakeUpJob = "asset-make-up";

/// What each day asks for: its own row for everybody, always and at once; the days that were missed before it, where
/// more than two wait for a confirmed clock; and no rows of days that a confirmed clock says have not come.
/// docs/decisions/asset-refresh.md.
class DailyRefresh {
 public:
  DailyRefresh(storage::Database& database, std::shared_ptr<ports::AssetSource> source, const time::Clock& clock,
               const time::ClockTrust& trust, const time::Zone& zone, std::shared_ptr<const AssetRefresh> refresh);

  /// The work of kRefreshJob: a line for people. Throws Unavailable, with that line, when something is left to do that
  /// need not wait for the clock.
  std::string run(const jobs::Run& run) const;

  /// Whether there is something for `make_up` that need not wait. Two small queries.
  bool is_behind() const;
  /// All of `run` but today's row; to be run under the lease of kRefreshJob.
  std::string make_up(const jobs::Run& run) const;

 private:
  struct CaughtUp {
    std::string text;
    bool done = true;
  };
  CaughtUp catch_up(time::Day today, const jobs::Run& run) const;
  std::int64_t remove_days_to_come(time::Day today, const jobs::Run& run) const;
  bool is_confirmed(time::Day today) const;
  bool must_wait(const MissedDays& missed, time::Day today) const;
  time::Day today() const { return zone_.day_of(clock_.now()); }

  storage::Database& database_;
  const time::Clock& clock_;
  const time::ClockTrust& trust_;
  const time::Zone& zone_;
  const std::shared_ptr<const AssetRefresh> refresh_;
  const MakeUp make_up_;
};

}  // namespace dontgoback::core::assets
