#include "history.hpp"

#include <algorithm>

namespace dontgoback::telemetry {
namespace {

std::optional<double> timed(float seconds) {
  return seconds < 0 ? std::nullopt : std::optional(static_cast<double>(seconds));
}

}  // namespace

void History::add(const Minute& minute) {
  minutes_[next_] = minute;
  next_ = (next_ + 1) % kMost;
  size_ = std::min(size_ + 1, kMost);
}

std::vector<NodeStatus::Sample> History::samples(Moment now) const {
  std::vector<NodeStatus::Sample> all;
  all.reserve(size_);
  for (std::size_t i = 0; i < size_; ++i) {
    const auto& minute = minutes_[(next_ + kMost - size_ + i) % kMost];
    all.push_back({.ago = std::chrono::floor<std::chrono::seconds>(now - minute.end),
                   .requests = minute.requests,
                   .failures = minute.failures,
                   .p50 = timed(minute.p50),
                   .p95 = timed(minute.p95),
                   .waiting = minute.waiting,
                   .memory_bytes = std::int64_t{minute.memory_kib} * 1024,
                   .connections = minute.connections});
  }
  return all;
}

}  // namespace dontgoback::telemetry
