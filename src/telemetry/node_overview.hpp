#pragma once

#include <cstdint>
#include <mutex>
#include <span>
#include <string_view>

#include "dontgoback/jobs/scheduler.hpp"
#include "dontgoback/telemetry/overview.hpp"
#include "dontgoback/time/clock.hpp"
#include "health_board.hpp"
#include "history.hpp"
#include "quantile.hpp"
#include "registry.hpp"

namespace dontgoback::telemetry {

/// How many requests there were up to a moment, by the registry's own counters.
struct TrafficCounts {
  std::uint64_t requests = 0;
  std::uint64_t failures = 0;
  std::uint64_t refused = 0;
  BucketCounts took{};
  Histogram::Bounds bounds{};
};

/// What came between the two. Pure.
Traffic between(const TrafficCounts& before, const TrafficCounts& after);

/// Puts the registry's figures together for people, and remembers the last three hours of a few of them (History, 7
/// KiB) in memory. Whatever adds a metric shows here by its name; nothing is counted for this alone. Any thread.
class NodeOverview final : public Overview {
 public:
  /// Requests of the routes `left_out`, by their paths, are nobody's: machines look at the node there. All outlive it.
  NodeOverview(const MetricsRegistry& metrics, HealthBoard& health, const time::Clock& clock,
               std::span<const std::string_view> left_out = {});

  /// The job that ends each minute, `overview-watch`.
  void add_to(jobs::Scheduler& scheduler);
  NodeStatus look() override;

 private:
  struct Mark {
    History::Moment at;
    TrafficCounts counts;
  };
  Mark mark() const;
  void end_minute();
  void put_history(NodeStatus& status);

  const MetricsRegistry& metrics_;
  HealthBoard& health_;
  const time::Clock& clock_;
  const std::span<const std::string_view> left_out_;

  std::mutex mutex_;
  const Mark start_;
  Mark before_;  // a minute before the last one
  Mark last_;
  History history_;
};

}  // namespace dontgoback::telemetry
