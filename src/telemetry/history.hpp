#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "dontgoback/telemetry/overview.hpp"

namespace dontgoback::telemetry {

/// The last minutes of a node, so that they can be drawn: at most kMost of them, 40 bytes each, 7 KiB in all, whatever
/// happens. Nothing of it is kept over a restart. One thread at a time.
class History {
 public:
  static constexpr std::size_t kMost = 180;
  using Moment = std::chrono::steady_clock::time_point;

  /// A minute, in few bytes. Seconds below 0: none was timed.
  struct Minute {
    Moment end;
    std::uint32_t requests;
    std::uint32_t failures;
    float p50;
    float p95;
    std::uint32_t waiting;
    std::uint32_t memory_kib;
    std::uint32_t connections;
  };
  static_assert(sizeof(Minute) <= 40);

  /// In place of the oldest, when there are kMost.
  void add(const Minute& minute);
  std::size_t size() const { return size_; }
  /// The oldest first, as they are seen at `now`.
  std::vector<NodeStatus::Sample> samples(Moment now) const;

 private:
  std::array<Minute, kMost> minutes_{};
  std::size_t next_ = 0;
  std::size_t size_ = 0;
};

}  // namespace dontgoback::telemetry
