#pragma once

#include <optional>
#include <span>

#include "series.hpp"

namespace dontgoback::core::assets {

/// What there is to say of a whole series.
struct Facts {
  time::Day since;
  std::int64_t days_up = 0;    ///< with a multiplier above 1, whatever the amount
  std::int64_t days_down = 0;  ///< below 1
  Snapshot highest;            ///< the first day of it
  Snapshot lowest;
};

/// Of all snapshots of an account, ascending; nothing of none. Pure.
std::optional<Facts> facts_of(std::span<const Snapshot> snapshots);

}  // namespace dontgoback::core::assets
