#pragma once

#include <atomic>
#include <vector>

#include "clock/ages.hpp"

namespace dontgoback::test {

/// A clock that is confirmed or not, as the test says. Any thread, but for `spans`.
class SetTrust final : public time::ClockTrust {
 public:
  explicit SetTrust(const time::Clock& clock, bool confirmed = true) : clock_(clock), confirmed_(confirmed) {}

  void confirm(bool confirmed = true) { confirmed_ = confirmed; }
  void settle(std::chrono::milliseconds since) { settled_ = since.count(); }
  std::vector<clock::UnconfirmedSpan> spans;

  std::optional<time::Timestamp> confirmed_now() const override {
    if (!confirmed_) return std::nullopt;
    return clock_.now();
  }
  bool older_than(time::Timestamp::duration age, time::Timestamp written) const override {
    return confirmed_ && clock::older_than(spans, clock_.now(), age, written);
  }
  std::vector<time::Span> spans_older_than(time::Timestamp::duration age) override {
    if (!confirmed_) return {};
    return clock::spans_older_than(spans, clock_.now(), age);
  }
  std::chrono::milliseconds settled() const override { return std::chrono::milliseconds(settled_); }

 private:
  const time::Clock& clock_;
  std::atomic<bool> confirmed_;
  std::atomic<std::int64_t> settled_{std::int64_t{1} << 40};
};

}  // namespace dontgoback::test
