#pragma once

#include <span>
#include <vector>

#include "dontgoback/jobs/scheduler.hpp"
#include "dontgoback/ports/asset_source.hpp"

// How long runs ask the source of assets.
namespace dontgoback::core::assets {

/// Throws Unavailable when the run is to end: between slices.
void check_go_on(const jobs::Run& run);

struct Answers {
  std::vector<Result<ports::AssetChange>> changes;  ///< one for each query
  bool source_away = false;                         ///< none of them was answered, asked twice
};
Answers ask(ports::AssetSource& source, time::Day day, std::span<const ports::AssetQuery> queries);

}  // namespace dontgoback::core::assets
