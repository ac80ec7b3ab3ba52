#include "dontgoback/time/certain_past.hpp"

#include <algorithm>

namespace dontgoback::time {
namespace {

Timestamp::duration since_its_start(std::chrono::steady_clock::time_point at) {
  return std::chrono::floor<Timestamp::duration>(at.time_since_epoch());
}

}  // namespace

CertainPast::CertainPast(const Clock& clock) : clock_(clock), readings_{read()} {}

CertainPast::Reading CertainPast::read() const {
  const auto at = clock_.steady();
  return {at, clock_.now().time_since_epoch() - since_its_start(at)};
}

std::optional<Timestamp> CertainPast::moment() {
  const std::lock_guard lock(mutex_);
  const auto newest = readings_.emplace_back(read());
  const auto span_began = newest.at - kLookBack;
  while (readings_.size() > 1 && readings_[1].at <= span_began) readings_.pop_front();
  if (readings_.front().at > span_began) return std::nullopt;
  const auto least = std::min_element(readings_.begin(), readings_.end(), [](const Reading& a, const Reading& b) {
    return a.ahead_of_steady < b.ahead_of_steady;
  });
  return Timestamp(since_its_start(newest.at) + least->ahead_of_steady);
}

}  // namespace dontgoback::time
