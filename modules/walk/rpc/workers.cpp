#include "workers.hpp"

#include <algorithm>
#include <utility>

namespace dontgoback::walk::rpc {
namespace {

// Taken at once by a thread: fewer locks, and the others still have something to do.
constexpr std::size_t kMostTaken = 16;

}  // namespace

Workers::Workers(std::size_t threads, std::size_t most_waiting) : most_waiting_(most_waiting) {
  for (std::size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { run(); });
}

Workers::~Workers() {
  {
    const std::lock_guard lock(mutex_);
    ends_ = true;
  }
  came_.notify_all();
  for (auto& thread : threads_) thread.join();
}

bool Workers::post(Work work) {
  std::unique_lock lock(mutex_);
  if (waiting_.size() >= most_waiting_) return false;
  add(lock, std::move(work));
  return true;
}

void Workers::post_answer(Work work) {
  std::unique_lock lock(mutex_);
  add(lock, std::move(work));
}

void Workers::add(std::unique_lock<std::mutex>& lock, Work work) {
  waiting_.push_back(std::move(work));
  const bool wake = idle_ > 0;
  lock.unlock();
  if (wake) came_.notify_one();
}

void Workers::run() {
  std::vector<Work> taken;
  std::unique_lock lock(mutex_);
  while (true) {
    ++idle_;
    came_.wait(lock, [this] { return ends_ || !waiting_.empty(); });
    --idle_;
    if (waiting_.empty()) return;
    const auto count = std::clamp<std::size_t>(waiting_.size() / threads_.size(), 1, kMostTaken);
    for (std::size_t i = 0; i < count; ++i) {
      taken.push_back(std::move(waiting_.front()));
      waiting_.pop_front();
    }
    lock.unlock();
    for (auto& work : taken) work();
    taken.clear();
    lock.lock();
  }
}

}  // namespace dontgoback::walk::rpc
