#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "dontgoback/telemetry/metrics.hpp"
#include "http/server/settings.hpp"

namespace dontgoback::http {

/// Work for a lane.
class LaneTask {
 public:
  virtual ~LaneTask() = default;
  /// `late`: it waited longer than the lane allows and should not begin any more.
  virtual void run(bool late) noexcept = 0;
};

/// A bounded pool of threads for handlers that block. Threads start one by one when work waits and none is free, so an
/// idle node has none.
class WorkerLane {
 public:
  WorkerLane(LaneSettings settings, telemetry::Counter& rejected);
  ~WorkerLane() { stop(); }

  /// Takes no more, runs what is queued as late, waits for what is running.
  void stop();

  /// Takes the task; false, and the task stays the caller's, when the queue is full. Any thread.
  bool submit(std::unique_ptr<LaneTask>& task);
  std::size_t waiting() const;

 private:
  struct Waiting {
    std::unique_ptr<LaneTask> task;
    std::chrono::steady_clock::time_point until;
  };
  void work();

  const LaneSettings settings_;
  telemetry::Counter& rejected_;
  mutable std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<Waiting> queue_;
  std::vector<std::thread> threads_;
  std::size_t free_ = 0;
  bool stopping_ = false;
};

}  // namespace dontgoback::http
