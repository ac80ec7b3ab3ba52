#pragma once

#include <atomic>
#include <chrono>

#include "dontgoback/time/clock.hpp"

namespace dontgoback::test {

/// A clock that stands until it is moved. Any thread.
class SetClock final : public time::Clock {
 public:
  SetClock() = default;
  explicit SetClock(time::Timestamp now) { set(now); }

  time::Timestamp now() const override { return time::Timestamp{std::chrono::milliseconds{milliseconds_.load()}}; }
  std::chrono::steady_clock::time_point steady() const override {
    return std::chrono::steady_clock::time_point{std::chrono::milliseconds{passed_.load()}};
  }
  /// The clock is set to that; no time goes by.
  void set(time::Timestamp now) { milliseconds_ = now.time_since_epoch().count(); }
  void jump(std::chrono::milliseconds by) { milliseconds_ += by.count(); }
  /// Time goes by; backwards it is a jump.
  void advance(std::chrono::milliseconds by) {
    if (by.count() > 0) passed_ += by.count();
    jump(by);
  }

 private:
  std::atomic<std::int64_t> passed_{0};
  std::atomic<std::int64_t> milliseconds_{1'800'000'000'000};  // 2027-01-15T08:00:00Z
};

}  // namespace dontgoback::test
