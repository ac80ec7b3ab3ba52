#include "http/server/worker_lane.hpp"

#include <system_error>

namespace dontgoback::http {

WorkerLane::WorkerLane(LaneSettings settings, telemetry::Counter& rejected)
    : settings_(settings), rejected_(rejected) {}

void WorkerLane::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  ready_.notify_all();
  for (auto& thread : threads_) thread.join();
  threads_.clear();
}

bool WorkerLane::submit(std::unique_ptr<LaneTask>& task) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_ || queue_.size() >= settings_.queue) {
      rejected_.add();
      return false;
    }
    if (free_ <= queue_.size() && threads_.size() < settings_.threads) {
      try {
        threads_.emplace_back([this] { work(); });
      } catch (const std::system_error&) {
        // The machine has no more threads: those we have will come to it, without any it is refused.
        if (threads_.empty()) {
          rejected_.add();
          return false;
        }
      }
    }
    queue_.push_back({std::move(task), std::chrono::steady_clock::now() + settings_.longest_wait});
  }
  ready_.notify_one();
  return true;
}

std::size_t WorkerLane::waiting() const {
  const std::lock_guard lock(mutex_);
  return queue_.size();
}

void WorkerLane::work() {
  std::unique_lock lock(mutex_);
  for (;;) {
    ++free_;
    ready_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
    --free_;
    if (queue_.empty()) return;
    Waiting next = std::move(queue_.front());
    queue_.pop_front();
    const bool late = stopping_;
    lock.unlock();
    next.task->run(late || std::chrono::steady_clock::now() > next.until);
    next.task.reset();
    lock.lock();
  }
}

}  // namespace dontgoback::http
