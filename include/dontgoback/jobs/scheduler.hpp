#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "dontgoback/result.hpp"
#include "dontgoback/time/clock.hpp"

namespace dontgoback::jobs {

/// When a job runs by itself.
struct Schedule {
  /// Daily at this time of the service's zone; a run missed while no node was up is made good at start. A success of a
  /// day to come was a wrong clock's, and counts as none. Or
  std::optional<std::chrono::minutes> daily_at;
  /// every so often; the first time after that long, or
  std::optional<std::chrono::milliseconds> every;
  /// as soon as the node starts.
  bool at_start = false;
};

/// A run of a job, for the job.
struct Run {
  std::stop_token stop;  ///< look at it between slices
  /// Call at least every 20 s: keeps the lease. False when another node has taken it over: stop at once.
  std::function<bool()> keep_alive;
};

struct Job {
  std::string name;  ///< `asset-refresh`
  Schedule schedule;
  /// Whether at most one node runs it at a time (a lease in the database), or every node its own.
  bool once_for_all_nodes = true;
  /// Does the work on the job's own thread; may block. Returns a line for people and the log, where a line that a job
  /// of every so often returns again and again is one of debugging. What it throws is a failure, tried again after a
  /// minute, five, then hourly; a job that runs every so often pauses for ten of its periods at most.
  std::function<std::string(const Run&)> work;
  /// Whether it is put off while the clock is not confirmed: what deletes by age.
  bool needs_confirmed_clock = false;
};

struct JobState {
  std::string name;
  bool once_for_all_nodes = true;  ///< else what follows is of this process alone
  std::optional<time::Timestamp> last_started;
  std::optional<time::Timestamp> last_finished;
  std::string last_result;
  bool running = false;
  bool waits_for_clock = false;  ///< put off until the clock is confirmed
  std::optional<time::Timestamp> next;
};

/// Runs jobs. Filled before the node starts.
class Scheduler {
 public:
  virtual ~Scheduler() = default;
  virtual void add(Job job) = 0;

  /// Runs `work` now, on the calling thread, under the job's lease: two runs of one job never overlap, on any node.
  /// conflict when it is running, unavailable when it needs a confirmed clock, not_found for no such job. What `work`
  /// throws is rethrown after the lease is given back.
  virtual Result<std::string> run_now(std::string_view name, const std::function<std::string(const Run&)>& work) = 0;
  /// The same with the job's own work.
  virtual Result<std::string> run_now(std::string_view name) = 0;

  virtual std::vector<JobState> states() = 0;
  /// The same, and nothing is written, not even that a job is there: one that nobody knew is shown as if it began now.
  virtual std::vector<JobState> peek() = 0;
};

}  // namespace dontgoback::jobs
