#include "dontgoback/telemetry/health.hpp"
#include "dontgoback/telemetry/log.hpp"

namespace dontgoback::telemetry {

Finding Standing::finding() const {
  const std::lock_guard lock(mutex_);
  return finding_;
}

void Standing::keep(Finding now) {
  const std::lock_guard lock(mutex_);
  finding_ = std::move(now);
}

void Standing::change(Finding now) {
  const bool is_fine = now.weight == Finding::Weight::fine;
  {
    const std::lock_guard lock(mutex_);
    if (now == finding_) return;
    finding_ = now;
    if (is_fine && !logged_) return;
    logged_ = !is_fine;
  }
  if (is_fine) {
    log_info(subject_ + ": all is well again");
  } else {
    log(now.weight == Finding::Weight::unready ? Level::error : Level::warn, subject_ + ": there is a problem",
        {{"cause", now.text}});
  }
}

}  // namespace dontgoback::telemetry
