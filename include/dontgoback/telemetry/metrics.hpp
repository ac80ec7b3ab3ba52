#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace dontgoback::telemetry {

/// Only grows. Any thread; one relaxed addition.
class Counter {
 public:
  void add(std::uint64_t n = 1) { value_.fetch_add(n, std::memory_order_relaxed); }
  std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> value_{0};
};

/// The node's metrics, in Prometheus' text format 0.0.4 at `/metrics`. Names as Prometheus advises:
/// `dontgoback_…_total`.
class Metrics {
 public:
  virtual ~Metrics() = default;
  /// A counter that lives as long as the metrics; the same one for the same name and labels (`role="core"`).
  virtual Counter& counter(std::string_view name, std::string_view help, std::string_view labels = {}) = 0;
  /// A value read when metrics are scraped; must not block.
  virtual void gauge(std::string_view name, std::string_view help, std::function<double()> read,
                     std::string_view labels = {}) = 0;
  virtual std::string text() const = 0;
};

}  // namespace dontgoback::telemetry
