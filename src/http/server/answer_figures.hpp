#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <optional>

#include "dontgoback/telemetry/metrics.hpp"

namespace dontgoback::http {

struct RouteEntry;

/// Where a route's counters are, once a request has been answered by it. Lives with the route; any thread.
struct RouteFigures {
  static constexpr std::size_t kStatuses = 40;
  std::array<std::atomic<telemetry::Counter*>, kStatuses> by_status{};
  std::atomic<telemetry::Histogram*> took{nullptr};
};

/// Counts answers: `dontgoback_http_requests_total{route,method,code}` and, of routes that answered,
/// `dontgoback_http_request_duration_seconds{route,method}`. A route is called by its path as it was registered, so
/// that no request makes a series of its own; what was answered without one (404, 405, a head that is wrong) is
/// `route="none"`. Any thread; takes memory and a lock for the first answer of a route and status alone.
class AnswerFigures {
 public:
  explicit AnswerFigures(telemetry::Metrics& metrics) : metrics_(metrics) {}

  /// `route`: null for none. `took`: nothing for a stream of events, whose length says nothing.
  void count(const RouteEntry* route, int status, std::optional<std::chrono::nanoseconds> took);

 private:
  telemetry::Counter& counter(const RouteEntry* route, int status);
  telemetry::Histogram& histogram(const RouteEntry& route);

  telemetry::Metrics& metrics_;
  RouteFigures none_;
};

}  // namespace dontgoback::http
