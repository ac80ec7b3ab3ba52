#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "dontgoback/ports/asset_source.hpp"
#include "dontgoback/time/day.hpp"

// Reads what an extension node answers. Pure; a fuzzer may call them. Nothing when it is not exactly an answer to the
// question: other account, amount or day, a multiplier that is not positive, an amount out of range, another length.
namespace dontgoback::extension {

std::optional<ports::AssetChange> read_one(std::string_view body, time::Day day, const ports::AssetQuery& query);

std::optional<std::vector<ports::AssetChange>> read_many(std::string_view body, time::Day day,
                                                         std::span<const ports::AssetQuery> queries);

}  // namespace dontgoback::extension
