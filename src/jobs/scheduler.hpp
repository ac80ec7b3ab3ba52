#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>

#include "dontgoback/jobs/scheduler.hpp"
#include "dontgoback/storage/database.hpp"
#include "dontgoback/telemetry/metrics.hpp"
#include "dontgoback/time/clock.hpp"
#include "dontgoback/time/clock_trust.hpp"
#include "dontgoback/time/day.hpp"
#include "records.hpp"

namespace dontgoback::jobs {

/// Runs jobs at their times: one thread that waits for the next, and one per running job. A node without jobs starts no
/// thread and leaves the database alone.
class JobScheduler final : public Scheduler {
 public:
  JobScheduler(storage::Database& database, const time::Clock& clock, const time::ClockTrust& trust,
               const time::Zone& zone, const std::string& node_name);
  ~JobScheduler() override;

  void add(Job job) override;
  Result<std::string> run_now(std::string_view name, const std::function<std::string(const Run&)>& work) override;
  Result<std::string> run_now(std::string_view name) override;
  std::vector<JobState> states() override;
  std::vector<JobState> peek() override;

  /// `dontgoback_job_runs_total{job_name,outcome}`, `…_last_success_timestamp_seconds`, `…_last_duration_seconds` and
  /// `…_period_seconds` of each job that was added. Before start(); `metrics` is not read when this is gone.
  void add_to(telemetry::Metrics& metrics);
  void start();
  /// Asks every run to stop and waits for those on threads of its own. Once; also without start().
  void stop();
  /// Looks at the clock now instead of within a minute: it was set.
  void wake();

 private:
  struct Entry {
    Job job;
    JobRecords* records = nullptr;
    std::optional<Progress> progress;  // as known here; nothing until recalled
    time::Timestamp look_again{};      // another node runs it, or the database is away
    bool running = false;              // here, on `thread`
    std::thread thread;
    // For the metrics, which wait for nobody.
    std::atomic<double> last_success{0};  // as far as known here
    std::atomic<double> last_duration{0};
    telemetry::Counter* succeeded = nullptr;
    telemetry::Counter* failed = nullptr;
  };

  using Work = std::function<std::string(const Run&)>;
  enum class Whose { the_jobs_own, the_callers };

  void watch();
  /// Starts the job when it is due. Answers when to look at it again.
  time::Timestamp look(Entry& entry, std::unique_lock<std::mutex>& lock, time::Timestamp now);
  Result<std::string> run_here(std::string_view name, const Work* work);
  /// Runs the work and keeps how it ended. What the work throws is rethrown after that.
  std::string carry_out(Entry& entry, const Begun& run, const Work& work, Whose whose);
  std::vector<JobState> states_by(const std::function<Progress(Entry&)>& progress_of);
  static void keep(Entry& entry, std::optional<Progress> progress);
  Entry* find(std::string_view name);
  Progress first_of(const Entry& entry) const;

  /// Whether it must wait for the clock to be confirmed.
  bool waits_for_clock(const Entry& entry) const;

  const time::Clock& clock_;
  const time::ClockTrust& trust_;
  const time::Zone& zone_;
  const std::unique_ptr<JobRecords> shared_;
  const std::unique_ptr<JobRecords> local_;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::stop_source stop_;
  bool woken_ = false;
  std::deque<Entry> entries_;
  std::thread watcher_;
};

}  // namespace dontgoback::jobs
