#pragma once

#include <catch2/catch.hpp>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>

namespace dontgoback::test {

/// Counts events; others wait until there were so many.
class Events {
 public:
  void add() {
    const std::lock_guard lock(mutex_);
    ++count_;
    changed_.notify_all();
  }
  int count() const {
    const std::lock_guard lock(mutex_);
    return count_;
  }
  /// Throws when it takes longer than a minute.
  void await(int count) const {
    std::unique_lock lock(mutex_);
    if (!changed_.wait_for(lock, std::chrono::minutes(1), [&] { return count_ >= count; })) {
      throw std::runtime_error("waited a minute for " + std::to_string(count) + " events, and " +
                               std::to_string(count_) + " came");
    }
  }

 private:
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  int count_ = 0;
};

/// Whether it comes true within a minute, by asking again and again.
inline bool comes_true(const std::function<bool()>& condition) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(1);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return true;
}

/// The same on a thread that is not the test's: throws, saying what was waited for.
inline void eventually(const std::string& what, const std::function<bool()>& condition) {
  if (!comes_true(condition)) throw std::runtime_error("waited a minute in vain: " + what);
}

}  // namespace dontgoback::test

/// Waits for what only asking shows; in vain, the test fails with what was waited for and what there was in the end.
#define EVENTUALLY(...)                                                                                        \
  do {                                                                                                         \
    if (!::dontgoback::test::comes_true([&] { return static_cast<bool>(__VA_ARGS__); })) REQUIRE(__VA_ARGS__); \
  } while (false)
