#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

#include "outbox_store.hpp"

namespace dontgoback::jobs {

/// Threads that deliver messages of one topic beside each other. For one dispatcher; it ends what is given before it is
/// destroyed.
class Crew {
 public:
  Crew(std::size_t size, std::function<void(const Message&)> deliver);
  ~Crew();
  Crew(const Crew&) = delete;
  Crew& operator=(const Crew&) = delete;

  /// Waits until one of them is free. Throws what a delivery threw.
  void give(Message message);
  /// The ids of what was given and is not delivered yet.
  std::set<std::int64_t> under_way() const;
  /// Until one more is delivered, a second at most.
  void wait();
  /// Waits for all that was given. Throws what a delivery threw.
  void finish();

 private:
  void work();
  void join();

  const std::size_t size_;
  const std::function<void(const Message&)> deliver_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Message> given_;
  std::set<std::int64_t> under_way_;
  std::exception_ptr failure_;
  bool ended_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace dontgoback::jobs
