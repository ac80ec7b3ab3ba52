#pragma once

#include "dontgoback/ports/asset_source.hpp"
#include "dontgoback/time/clock.hpp"
#include "dontgoback/time/day.hpp"
#include "multiplier.hpp"

namespace dontgoback::extension {

/// The AssetSource in process. A day after tomorrow (of the service's zone), an id that names nobody and an amount out
/// of range are invalid.
class AssetService final : public ports::AssetSource {
 public:
  AssetService(DailyMultiplier multiplier, const time::Clock& clock, const time::Zone& zone)
      : multiplier_(std::move(multiplier)), clock_(clock), zone_(zone) {}

  std::vector<Result<ports::AssetChange>> changes(time::Day day, std::span<const ports::AssetQuery> queries) override;

 private:
  const DailyMultiplier multiplier_;
  const time::Clock& clock_;
  const time::Zone& zone_;
};

/// Why a query cannot be answered by anyone, or nothing.
std::optional<Failure> refusal(const ports::AssetQuery& query);

}  // namespace dontgoback::extension
