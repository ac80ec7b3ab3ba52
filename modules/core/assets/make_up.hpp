#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "accounts/accounts.hpp"
#include "dontgoback/jobs/scheduler.hpp"
#include "dontgoback/ports/asset_source.hpp"
#include "dontgoback/storage/database.hpp"
#include "dontgoback/time/clock.hpp"
#include "missed_days.hpp"
#include "snapshot_store.hpp"
#include "store.hpp"

namespace dontgoback::core::assets {

struct MakeUpResult {
  std::int64_t accounts = 0;  ///< that got rows, or other ones
  std::int64_t left = 0;      ///< that the source did not answer for: nothing of them is changed
  bool source_away = false;   ///< and was not asked for the accounts after them
  bool done() const { return left == 0 && !source_away; }
};

/// Makes up missed days: ACTIVE accounts get a row of each (but not of days on which they were not), in order, and
/// their rows after the first missed day, which were computed over the gap, are written again, so that each row is
/// again what the source makes of the one before it. An account's days are written in one transaction: its series is
/// whole before and after.
class MakeUp {
 public:
  /// `source` may be null: it is away.
  MakeUp(storage::Database& database, std::shared_ptr<ports::AssetSource> source, const time::Clock& clock,
         const time::Zone& zone);

  /// Goes on where a run for the same days was cut short. Throws Unavailable as AssetRefresh::run does.
  MakeUpResult run(const MissedDays& missed, const jobs::Run& run) const;

 private:
  /// An account and what is to be written for it.
  struct Series {
    UserId user;
    std::optional<Won> amount;  ///< at the day that is being made up; nothing before the account's first
    time::Day last;             ///< of its rows
    std::vector<SnapshotRow> rows;
    std::vector<accounts::Absence> absences;
    bool answered = true;
  };
  std::vector<Series> next_slice(const MissedDays& missed, UserId after) const;
  bool was_away(const Series& series, time::Day day) const;
  bool add_day(std::vector<Series>& slice, UserId after, time::Day day, bool is_missed) const;
  void write(std::vector<Series>& slice) const;

  storage::Database& database_;
  const std::shared_ptr<ports::AssetSource> source_;
  const time::Clock& clock_;
  const time::Zone& zone_;
  const SnapshotWriter writer_;
};

}  // namespace dontgoback::core::assets
