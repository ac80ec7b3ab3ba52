#include "facts.hpp"

namespace dontgoback::core::assets {

std::optional<Facts> facts_of(std::span<const Snapshot> snapshots) {
  if (snapshots.empty()) return std::nullopt;
  const auto& first = snapshots.front();
  Facts facts{.since = first.day, .days_up = 0, .days_down = 0, .highest = first, .lowest = first};
  for (const auto& snapshot : snapshots) {
    if (snapshot.multiplier > Multiplier{}) ++facts.days_up;
    if (snapshot.multiplier < Multiplier{}) ++facts.days_down;
    if (snapshot.amount > facts.highest.amount) facts.highest = snapshot;
    if (snapshot.amount < facts.lowest.amount) facts.lowest = snapshot;
  }
  return facts;
}

}  // namespace dontgoback::core::assets
