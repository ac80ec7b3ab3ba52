#include "quantile.hpp"

namespace dontgoback::telemetry {
namespace {

double seconds(std::chrono::microseconds bound) { return std::chrono::duration<double>(bound).count(); }

}  // namespace

std::optional<double> quantile(Histogram::Bounds bounds, const BucketCounts& counts, double q) {
  std::uint64_t all = 0;
  for (std::size_t i = 0; i <= bounds.size(); ++i) all += counts[i];
  if (all == 0) return std::nullopt;
  const double rank = q * static_cast<double>(all);
  double below = 0;
  for (std::size_t i = 0; i < bounds.size(); ++i) {
    const auto here = static_cast<double>(counts[i]);
    if (here > 0 && below + here >= rank) {
      const double from = i == 0 ? 0 : seconds(bounds[i - 1]);
      return from + (seconds(bounds[i]) - from) * (rank - below) / here;
    }
    below += here;
  }
  return bounds.empty() ? 0 : seconds(bounds.back());
}

}  // namespace dontgoback::telemetry
