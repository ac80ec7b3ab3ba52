#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "dontgoback/telemetry/metrics.hpp"

namespace dontgoback::telemetry {

/// A histogram's counts, or several's together, or what came to them in between. Each of its own bucket.
using BucketCounts = std::array<std::uint64_t, Histogram::kMostBounds + 1>;

/// Below how many seconds the share `q` (0 to 1) of what was counted lies: found as Prometheus' histogram_quantile
/// does, along a straight line within its bucket; the last bound for what lies above that. Nothing of no counts. Pure.
std::optional<double> quantile(Histogram::Bounds bounds, const BucketCounts& counts, double q);

}  // namespace dontgoback::telemetry
