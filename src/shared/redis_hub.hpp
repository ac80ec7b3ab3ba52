#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "dontgoback/limits/limiter.hpp"
#include "dontgoback/shared/state.hpp"
#include "dontgoback/telemetry/health.hpp"
#include "dontgoback/telemetry/metrics.hpp"
#include "limits/memory_limiter.hpp"
#include "shared/redis/address.hpp"

namespace dontgoback::shared {

/// What the nodes of a service have in common over Redis: topics and limits. Each node counts limits in its own memory
/// and tells the others what it let through, so that nothing here waits for Redis, and everything goes on without it.
class RedisHub {
 public:
  /// `counts`: this node's.
  RedisHub(RedisAddress address, limits::MemoryLimiter& counts, telemetry::Metrics& metrics);
  ~RedisHub();

  /// Connects, and does so again as long as this lives. Once. `password`: asked whenever a connection is made, on a
  /// thread of this; "" when none is to be sent.
  void start(std::function<std::string()> password);

  /// Until what is published can be sent, or the time is over; for who does nothing else.
  void wait(std::chrono::milliseconds limit);

  State& state();
  limits::Limiter& limiter();
  /// For an operator.
  telemetry::Finding finding() const;

 private:
  struct Inner;
  std::unique_ptr<Inner> inner_;
};

}  // namespace dontgoback::shared
