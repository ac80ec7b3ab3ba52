#pragma once

#include <chrono>
#include <cstdint>

#include "dontgoback/storage/stored.hpp"

namespace dontgoback::time {

/// A moment, UTC, to the millisecond: what is stored (as a 64-bit count since 1970) and sent (RFC 3339 with `Z`).
using Timestamp = std::chrono::sys_time<std::chrono::milliseconds>;

/// Where "now" comes from. Injected, so that tests can set it. Every method may be called from any thread.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Timestamp now() const = 0;
  /// Goes on evenly, whatever is done to `now`: for spans within this process.
  virtual std::chrono::steady_clock::time_point steady() const { return std::chrono::steady_clock::now(); }
};

/// The machine's clock.
class SystemClock final : public Clock {
 public:
  Timestamp now() const override {
    return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
  }
};

}  // namespace dontgoback::time

template <>
struct dontgoback::storage::Stored<dontgoback::time::Timestamp> {
  using Column = std::int64_t;
  static std::int64_t to_column(time::Timestamp moment) { return moment.time_since_epoch().count(); }
  static time::Timestamp from_column(std::int64_t milliseconds) {
    return time::Timestamp{std::chrono::milliseconds{milliseconds}};
  }
};
