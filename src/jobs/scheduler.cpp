#include "scheduler.hpp"

#include <algorithm>
#include <exception>
#include <stdexcept>

#include "dontgoback/telemetry/log.hpp"

namespace dontgoback::jobs {

namespace {

/// A clock that is set (a machine without a battery, after its first contact with a time server) is noticed within
/// this.
constexpr std::chrono::seconds kLookEvery{60};
constexpr std::chrono::seconds kLookAgain{10};

constexpr Failure kRunning{FailureKind::conflict, {"작업이 이미 실행 중입니다.", "The job is running already."}};
constexpr Failure kNotConfirmed{FailureKind::unavailable,
                                {"시계가 아직 확인되지 않았습니다.",
                                 "The clock is not confirmed, and this deletes by age: wait for a time server, or say "
                                 "--clock-trusted if it is right."}};
constexpr Failure kUnknown{FailureKind::not_found, {"그런 작업이 없습니다.", "There is no such job."}};

}  // namespace

JobScheduler::JobScheduler(storage::Database& database, const time::Clock& clock, const time::ClockTrust& trust,
                           const time::Zone& zone, const std::string& node_name)
    : clock_(clock),
      trust_(trust),
      zone_(zone),
      shared_(make_database_records(database, clock, node_name)),
      local_(make_node_records(clock)) {}

JobScheduler::~JobScheduler() { stop(); }

void JobScheduler::add(Job job) {
  if (job.name.empty() || job.name.size() > 64) throw std::logic_error("a job's name has 1 to 64 characters");
  if (find(job.name) != nullptr) throw std::logic_error("two jobs are named " + job.name);
  auto& entry = entries_.emplace_back();
  entry.records = job.once_for_all_nodes ? shared_.get() : local_.get();
  entry.job = std::move(job);
}

void JobScheduler::add_to(telemetry::Metrics& metrics) {
  for (auto& entry : entries_) {
    // Not `job`: Prometheus calls the scrape so, and would give ours another name.
    const auto job = "job_name=\"" + entry.job.name + '"';
    const auto counter = [&](std::string_view outcome) {
      return &metrics.counter("dontgoback_job_runs_total", "Runs of jobs on this node, by how they ended.",
                              job + ",outcome=\"" + std::string(outcome) + '"');
    };
    entry.succeeded = counter("success");
    entry.failed = counter("failure");
    metrics.gauge(
        "dontgoback_job_last_success_timestamp_seconds",
        "When the job was last done, as this node knows; 0: it does not.",
        [&entry] { return entry.last_success.load(); }, job);
    metrics.gauge(
        "dontgoback_job_last_duration_seconds", "How long its last run on this node took.",
        [&entry] { return entry.last_duration.load(); }, job);
    const auto& schedule = entry.job.schedule;
    const std::chrono::duration<double> period = schedule.daily_at ? std::chrono::days(1)
                                                 : schedule.every  ? std::chrono::duration<double>(*schedule.every)
                                                                   : std::chrono::seconds(0);
    metrics.gauge(
        "dontgoback_job_period_seconds", "How often it should run; 0: not by itself.",
        [seconds = period.count()] { return seconds; }, job);
  }
}

/// A success that a node had is that of all; one that is failing now has had its last before.
void JobScheduler::keep(Entry& entry, std::optional<Progress> progress) {
  if (progress && progress->failures == 0 && progress->last_finished) {
    entry.last_success = std::chrono::duration<double>(progress->last_finished->time_since_epoch()).count();
  }
  entry.progress = std::move(progress);
}

void JobScheduler::start() {
  if (!entries_.empty()) watcher_ = std::thread([this] { watch(); });
}

void JobScheduler::stop() {
  {
    const std::lock_guard lock(mutex_);
    stop_.request_stop();
    changed_.notify_all();
  }
  if (watcher_.joinable()) watcher_.join();
  for (auto& entry : entries_) {
    if (entry.thread.joinable()) entry.thread.join();
  }
}

void JobScheduler::wake() {
  const std::lock_guard lock(mutex_);
  woken_ = true;
  changed_.notify_all();
}

void JobScheduler::watch() {
  std::unique_lock lock(mutex_);
  while (!stop_.stop_requested()) {
    const auto now = clock_.now();
    auto next = now + kLookEvery;
    for (auto& entry : entries_) next = std::min<time::Timestamp>(next, look(entry, lock, now));
    changed_.wait_for(lock, next - now, [this] { return woken_ || stop_.stop_requested(); });
    woken_ = false;
  }
}

time::Timestamp JobScheduler::look(Entry& entry, std::unique_lock<std::mutex>& lock, time::Timestamp now) {
  const auto without_lock = [&lock](const auto& call) {
    struct Relock {
      std::unique_lock<std::mutex>& lock;
      ~Relock() { lock.lock(); }
    };
    lock.unlock();
    const Relock relock{lock};
    return call();
  };
  const auto& schedule = entry.job.schedule;

  if (entry.running || stop_.stop_requested()) return time::Timestamp::max();  // its end wakes us
  if (entry.thread.joinable()) entry.thread.join();
  if (entry.look_again > now && entry.look_again - now <= kLookAgain) return entry.look_again;
  try {
    if (!entry.progress) {
      keep(entry, without_lock([&] { return entry.records->recall(entry.job.name, first_of(entry)); }));
    }
    const auto due = next_due(schedule, *entry.progress, zone_, now);
    if (!due) return time::Timestamp::max();
    if (*due > now) return *due;
    if (waits_for_clock(entry)) return time::Timestamp::max();  // looked at every minute

    const auto still_due = [&](const Progress& progress) {
      const auto newest = next_due(schedule, progress, zone_, now);
      return newest && *newest <= now;
    };
    auto begun = without_lock([&] { return entry.records->begin(entry.job.name, first_of(entry), still_due); });
    if (begun) {
      entry.thread = std::thread([this, &entry, run = std::move(*begun)] {
        try {
          carry_out(entry, run, entry.job.work, Whose::the_jobs_own);
        } catch (...) {  // is logged, and tried again
        }
        const std::lock_guard ended(mutex_);
        entry.running = false;
        woken_ = true;
        changed_.notify_all();
      });
      entry.running = true;
      return time::Timestamp::max();
    }
    entry.progress.reset();  // another node runs it, or has
  } catch (const std::exception& away) {
    // A database that is away has told so itself, once.
    const auto* told = dynamic_cast<const Unavailable*>(&away);
    const bool is_news = told == nullptr || told->effect() == Unavailable::Effect::not_done;
    telemetry::log(is_news ? telemetry::Level::warn : telemetry::Level::debug, "a job cannot be started",
                   {{"job", entry.job.name}, {"cause", away.what()}});
  }
  entry.look_again = now + kLookAgain;
  return entry.look_again;
}

std::string JobScheduler::carry_out(Entry& entry, const Begun& run, const Work& work, Whose whose) {
  const auto& name = entry.job.name;
  const auto start = std::chrono::steady_clock::now();
  Progress after = run.progress;
  std::exception_ptr broken;
  try {
    after.last_result = work(Run{stop_.get_token(), run.keep_alive});
  } catch (const std::exception& error) {
    broken = std::current_exception();
    after.last_result = std::string("failed: ") + error.what();
  } catch (...) {
    broken = std::current_exception();
    after.last_result = "failed";
  }
  const auto elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start);
  // What is done every so often is news only when it ends otherwise than before.
  const bool news = !entry.job.schedule.every || after.last_result != run.progress.last_result;
  const auto level = broken ? telemetry::Level::error : news ? telemetry::Level::info : telemetry::Level::debug;
  telemetry::log(level, broken ? "a job failed" : "a job ran",
                 {{"job", name}, {"elapsed_ms", elapsed.count()}, {"result", after.last_result}});

  entry.last_duration = std::chrono::duration<double>(elapsed).count();
  if (auto* counter = broken ? entry.failed : entry.succeeded) counter->add();
  const std::string result = after.last_result;
  if (whose == Whose::the_jobs_own) {
    const auto outcome = broken ? Outcome::failure : stop_.stop_requested() ? Outcome::interrupted : Outcome::success;
    after = after_run(std::move(after), entry.job.schedule, outcome, zone_, clock_.now());
  } else {
    after.last_finished = clock_.now();
  }

  std::optional<Progress> kept;
  try {
    if (entry.records->finish(name, run, after)) {
      kept = std::move(after);
    } else {
      telemetry::log_warn("a job lost its lease while it ran", {{"job", name}});
    }
  } catch (const std::exception& away) {
    telemetry::log_warn("a job's end could not be recorded", {{"job", name}, {"cause", away.what()}});
  }
  {
    const std::lock_guard lock(mutex_);
    keep(entry, std::move(kept));
    woken_ = true;
    changed_.notify_all();
  }
  if (broken) std::rethrow_exception(broken);
  return result;
}

Result<std::string> JobScheduler::run_now(std::string_view name, const Work& work) { return run_here(name, &work); }

Result<std::string> JobScheduler::run_now(std::string_view name) { return run_here(name, nullptr); }

Result<std::string> JobScheduler::run_here(std::string_view name, const Work* work) {
  auto* entry = find(name);
  if (entry == nullptr) return kUnknown;
  if (waits_for_clock(*entry)) return kNotConfirmed;
  const auto run = entry->records->begin(entry->job.name, first_of(*entry), [](const Progress&) { return true; });
  if (!run) return kRunning;
  if (work != nullptr) return carry_out(*entry, *run, *work, Whose::the_callers);
  return carry_out(*entry, *run, entry->job.work, Whose::the_jobs_own);
}

std::vector<JobState> JobScheduler::states() {
  return states_by([this](Entry& entry) { return entry.records->recall(entry.job.name, first_of(entry)); });
}

std::vector<JobState> JobScheduler::peek() {
  return states_by([this](Entry& entry) { return entry.records->known(entry.job.name).value_or(first_of(entry)); });
}

std::vector<JobState> JobScheduler::states_by(const std::function<Progress(Entry&)>& progress_of) {
  std::vector<JobState> states;
  const auto now = clock_.now();
  for (auto& entry : entries_) {
    const auto progress = progress_of(entry);
    states.push_back({.name = entry.job.name,
                      .once_for_all_nodes = entry.job.once_for_all_nodes,
                      .last_started = progress.last_started,
                      .last_finished = progress.last_finished,
                      .last_result = progress.last_result,
                      .running = entry.records->running(entry.job.name),
                      .waits_for_clock = waits_for_clock(entry),
                      .next = next_due(entry.job.schedule, progress, zone_, now)});
  }
  return states;
}

bool JobScheduler::waits_for_clock(const Entry& entry) const {
  return entry.job.needs_confirmed_clock && !trust_.confirmed_now();
}

JobScheduler::Entry* JobScheduler::find(std::string_view name) {
  const auto found =
      std::find_if(entries_.begin(), entries_.end(), [&](const Entry& entry) { return entry.job.name == name; });
  return found == entries_.end() ? nullptr : &*found;
}

Progress JobScheduler::first_of(const Entry& entry) const {
  return first_progress(entry.job.schedule, zone_, clock_.now());
}

}  // namespace dontgoback::jobs
