#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "told.hpp"
#include "walker_clock.hpp"

// When a device counted what it told, by quarters of an hour. Pure.
namespace dontgoback::walk::steps {

/// What one device counted in each quarter from `first` on.
struct Counts {
  Quarter first = 0;
  std::vector<std::int32_t> steps;
};

/// A label day's share in what a device said, where it tells its offset or one is known for it.
struct Frame {
  const Said* said;
  std::int64_t midnight;  ///< the minute since 1970 at which the label day begins
};

/// All from hours: a quarter of each hour, the remainder first. Of an hour told under several offsets the larger
/// stands; under offsets that do not differ by whole hours what was told last, so that no part of an hour counts twice.
Counts counts_by_hours(std::span<const Frame> frames, Quarter first, Quarter end);

/// From running totals: evenly between two moments at which they were told. A counter that began anew under another
/// offset begins at what the device had counted by then.
Counts counts_by_totals(std::vector<Frame> frames, Quarter first, Quarter end);

}  // namespace dontgoback::walk::steps
