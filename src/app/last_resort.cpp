#include "last_resort.hpp"

#include <unistd.h>

#include "dontgoback/telemetry/log.hpp"
#include "telemetry/logging.hpp"

namespace dontgoback::app {

LastResort::LastResort(std::chrono::milliseconds limit)
    : thread_([this, limit](const std::stop_token& ended) {
        std::unique_lock lock(mutex_);
        wake_.wait_for(lock, ended, limit, [] { return false; });
        if (ended.stop_requested()) return;
        telemetry::log_error("the node did not end within --shutdown-limit and is cut off");
        telemetry::flush_logs();
        ::_exit(1);
      }) {}

}  // namespace dontgoback::app
