#include "backup_watch.hpp"

#include "backup/keeping.hpp"
#include "dontgoback/time/clock.hpp"
#include "dontgoback/time/day.hpp"

namespace dontgoback::app {

void BackupWatch::add_to(telemetry::Metrics& metrics, jobs::Scheduler& scheduler) {
  metrics.gauge("dontgoback_backup_last_success_timestamp_seconds", "When the last good backup was made; 0: never.",
                [this] { return seconds_.load(); });
  const jobs::Schedule often{{}, std::chrono::minutes(1), true};
  scheduler.add({"backup-watch", often, false, [this](const jobs::Run&) -> std::string {
                   const auto last = backup::last_backup(data_dir_);
                   if (!last) return "no backup is known";
                   if (last->at > time::SystemClock{}.now()) {  // an alarm by age would never come
                     seconds_ = 0;
                     return "the last backup was noted by a clock that was ahead";
                   }
                   seconds_ = std::chrono::duration<double>(last->at.time_since_epoch()).count();
                   return "the last backup is of " + time::to_rfc3339(last->at);
                 }});
}

telemetry::Finding BackupWatch::finding() const {
  using Weight = telemetry::Finding::Weight;
  const auto last = backup::last_backup(data_dir_);
  if (!last) return {};
  if (last->at > time::SystemClock{}.now()) return {Weight::note, "the last one was noted by a clock that was ahead"};
  return {Weight::remark, "last good one " + time::to_rfc3339(last->at) + (last->file == "-" ? "" : " " + last->file)};
}

}  // namespace dontgoback::app
