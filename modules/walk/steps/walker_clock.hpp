#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "told.hpp"

// What the walker's clock showed when, from what its devices told (docs/steps.md, "The walker's clock"). Pure.
namespace dontgoback::walk::steps {

/// A quarter of an hour since 1970, UTC. No clock is off UTC by less.
using Quarter = std::int64_t;
inline constexpr std::int64_t kQuartersOfDay = 96;

/// The minute since 1970 at which the label day begins on a clock with this offset.
constexpr std::int64_t midnight_of(time::Day day, std::int64_t offset_minutes) {
  return day.number() * kMinutesOfDay - offset_minutes;
}

class WalkerClock {
 public:
  /// `told`: in order of day. What it says of a moment depends on the label days within one of its UTC day, so that
  /// it says the same whichever others are there besides. They outlive this.
  explicit WalkerClock(std::span<const ToldDay> told) : told_(told) {}

  /// Each quarter has one day.
  time::Day day_of(Quarter quarter) const;
  std::int64_t offset_at(Quarter quarter) const { return seen_at(quarter).value_or(0); }
  /// Nothing: nobody told of the days around.
  std::optional<std::int64_t> seen_at(Quarter quarter) const;

 private:
  struct Moments {             // of the device that leads
    std::int64_t first, last;  // minutes since 1970, both included
    std::int64_t offset;
    std::int32_t total;
  };
  struct Around {
    std::vector<Moments> seen;
    std::vector<Moments> labels;  // its label days, as far as they were told
  };
  const Around& around(std::int64_t utc_day) const;
  Around look_around(std::int64_t utc_day) const;

  std::span<const ToldDay> told_;
  mutable std::map<std::int64_t, Around> known_;
};

}  // namespace dontgoback::walk::steps
