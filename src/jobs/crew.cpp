#include "crew.hpp"

namespace dontgoback::jobs {

Crew::Crew(std::size_t size, std::function<void(const Message&)> deliver) : size_(size), deliver_(std::move(deliver)) {}

Crew::~Crew() { join(); }

void Crew::give(Message message) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return under_way_.size() < size_ || failure_; });
  if (failure_) std::rethrow_exception(failure_);
  under_way_.insert(message.id);
  given_.push_back(std::move(message));
  if (threads_.size() < under_way_.size()) threads_.emplace_back([this] { work(); });
  changed_.notify_all();
}

std::set<std::int64_t> Crew::under_way() const {
  const std::lock_guard lock(mutex_);
  return under_way_;
}

void Crew::wait() {
  std::unique_lock lock(mutex_);
  if (under_way_.empty()) return;
  changed_.wait_for(lock, std::chrono::seconds(1),
                    [this, before = under_way_.size()] { return under_way_.size() < before || failure_; });
}

void Crew::finish() {
  join();
  if (failure_) std::rethrow_exception(failure_);
}

void Crew::join() {
  {
    const std::lock_guard lock(mutex_);
    ended_ = true;
    changed_.notify_all();
  }
  for (auto& thread : threads_) thread.join();
  threads_.clear();
}

void Crew::work() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [this] { return !given_.empty() || ended_; });
    if (given_.empty()) return;
    const auto message = std::move(given_.front());
    given_.pop_front();
    lock.unlock();
    std::exception_ptr failure;
    try {
      deliver_(message);
    } catch (...) {
      failure = std::current_exception();
    }
    lock.lock();
    if (failure) failure_ = failure;
    under_way_.erase(message.id);
    changed_.notify_all();
  }
}

}  // namespace dontgoback::jobs
