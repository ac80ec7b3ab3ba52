#pragma once

#include <optional>
#include <string>

#include "dontgoback/jobs/scheduler.hpp"
#include "dontgoback/time/day.hpp"

// When jobs are due. Pure.
namespace dontgoback::jobs {

/// What is known of a job's runs.
struct Progress {
  std::optional<time::Timestamp> last_started;
  std::optional<time::Timestamp> last_finished;
  std::string last_result;
  std::optional<time::Day> last_success_day;  ///< of a daily job: the latest day whose run was done
  std::int64_t failures = 0;                  ///< in a row
  std::optional<time::Timestamp> not_before;  ///< when a job that runs every so often, or failed, is next due
};

/// The latest day whose `time_of_day` has come.
time::Day latest_due_day(std::chrono::minutes time_of_day, const time::Zone& zone, time::Timestamp now);

/// Of a job nobody knew: no run was missed, the next is the first.
Progress first_progress(const Schedule& schedule, const time::Zone& zone, time::Timestamp now);

/// When it is next due; not after `now` when it is due already; nothing for a job without a schedule. A success of a
/// day whose time has not come (but for what nodes' clocks differ by) was noted by a wrong clock, or the clock is wrong
/// now: it counts as none. A `not_before` further off than the job's period or, after a failure, its pause does not
/// count: it was written by a clock that has been set back since, or was wrong.
std::optional<time::Timestamp> next_due(const Schedule& schedule, const Progress& progress, const time::Zone& zone,
                                        time::Timestamp now);

enum class Outcome {
  success,
  failure,
  interrupted,  ///< the node stops: not done, and not failed either
};

/// The progress after a run of the job's own work that began at `progress.last_started` and ends now.
Progress after_run(Progress progress, const Schedule& schedule, Outcome outcome, const time::Zone& zone,
                   time::Timestamp now);

}  // namespace dontgoback::jobs
