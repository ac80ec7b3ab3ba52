#pragma once

#include "dontgoback/ports/asset_source.hpp"
#include "dontgoback/time/clock_trust.hpp"
#include "dontgoback/time/day.hpp"
#include "multiplier.hpp"

namespace dontgoback::extension {

/// The AssetSource in process. An id that names nobody and an amount out of range are invalid, and so is a day after
/// tomorrow (of the service's zone) while the clock is confirmed: one that is behind must not keep the others from
/// their today.
class AssetService final : public ports::AssetSource {
 public:
  AssetService(DailyMultiplier multiplier, const time::ClockTrust& trust, const time::Zone& zone)
      : multiplier_(std::move(multiplier)), trust_(trust), zone_(zone) {}

  std::vector<Result<ports::AssetChange>> changes(time::Day day, std::span<const ports::AssetQuery> queries) override;

 private:
  const DailyMultiplier multiplier_;
  const time::ClockTrust& trust_;
  const time::Zone& zone_;
};

/// Why a query cannot be answered by anyone, or nothing.
std::optional<Failure> refusal(const ports::AssetQuery& query);

}  // namespace dontgoback::extension
