#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace dontgoback::app {

/// Ends the process with exit code 1 when it has not ended by itself in time: a job or a handler hangs. What was
/// answered is on disk by then.
class LastResort {
 public:
  explicit LastResort(std::chrono::milliseconds limit);

 private:
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::jthread thread_;
};

}  // namespace dontgoback::app
