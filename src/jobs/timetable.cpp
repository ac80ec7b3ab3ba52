#include "timetable.hpp"

#include <algorithm>

namespace dontgoback::jobs {

namespace {

using std::chrono::milliseconds;

/// What the clocks of nodes may differ by.
constexpr std::chrono::seconds kClockSlack{5};

/// What runs every second is wanted within seconds again; an hour without it would be worse than a try in vain.
constexpr int kMostPeriods = 10;

milliseconds backoff(const Schedule& schedule, std::int64_t failures) {
  const milliseconds pause = failures <= 1   ? std::chrono::minutes(1)
                             : failures == 2 ? std::chrono::minutes(5)
                                             : std::chrono::hours(1);
  return schedule.every ? std::min(pause, kMostPeriods * *schedule.every) : pause;
}

/// The longest from the end of the run before to `not_before`.
milliseconds longest_wait(const Schedule& schedule, std::int64_t failures) {
  return failures > 0 ? backoff(schedule, failures) : schedule.every.value_or(milliseconds(0));
}

}  // namespace

time::Day latest_due_day(std::chrono::minutes time_of_day, const time::Zone& zone, time::Timestamp now) {
  const time::Day today = zone.day_of(now);
  return zone.at(today, time_of_day) <= now ? today : today - std::chrono::days(1);
}

Progress first_progress(const Schedule& schedule, const time::Zone& zone, time::Timestamp now) {
  Progress progress;
  if (schedule.daily_at) progress.last_success_day = latest_due_day(*schedule.daily_at, zone, now);
  if (schedule.every && !schedule.at_start) progress.not_before = now + *schedule.every;
  return progress;
}

std::optional<time::Timestamp> next_due(const Schedule& schedule, const Progress& progress, const time::Zone& zone,
                                        time::Timestamp now) {
  std::optional<time::Timestamp> due;
  if (schedule.daily_at) {
    const time::Day latest = latest_due_day(*schedule.daily_at, zone, now);
    const auto& success = progress.last_success_day;
    // Another node's clock may have passed the time a little earlier.
    const bool done = success && *success >= latest && zone.at(*success, *schedule.daily_at) <= now + kClockSlack;
    due = zone.at(done ? *success + std::chrono::days(1) : latest, *schedule.daily_at);
  } else if (schedule.every) {
    due = now;
  }
  if (!due || !progress.not_before) return due;
  const auto longest = longest_wait(schedule, progress.failures) + kClockSlack;
  return *progress.not_before <= now + longest ? std::max(*due, *progress.not_before) : due;
}

Progress after_run(Progress progress, const Schedule& schedule, Outcome outcome, const time::Zone& zone,
                   time::Timestamp now) {
  const auto started = progress.last_started.value_or(now);
  progress.last_finished = now;
  if (outcome == Outcome::failure) {
    progress.not_before = now + backoff(schedule, ++progress.failures);
  } else if (outcome == Outcome::success) {
    progress.failures = 0;
    progress.not_before.reset();
    if (schedule.daily_at) progress.last_success_day = latest_due_day(*schedule.daily_at, zone, started);
    if (schedule.every) progress.not_before = std::max(now, started + *schedule.every);
  }
  return progress;
}

}  // namespace dontgoback::jobs
