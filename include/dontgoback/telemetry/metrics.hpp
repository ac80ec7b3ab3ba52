#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <span>
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

/// How long something took, counted by buckets. Any thread; two relaxed additions, no lock and no memory.
class Histogram {
 public:
  using Bounds = std::span<const std::chrono::microseconds>;
  static constexpr std::size_t kMostBounds = 15;

  /// `bounds`: the buckets' upper ends, rising, at most kMostBounds, which outlive it. What is longer than the last one
  /// has a bucket of its own.
  explicit Histogram(Bounds bounds) : bounds_(bounds) {}

  void observe(std::chrono::nanoseconds took) {
    std::size_t bucket = 0;
    while (bucket < bounds_.size() && took > bounds_[bucket]) ++bucket;
    counts_[bucket].fetch_add(1, std::memory_order_relaxed);
    const auto ns = took.count() > 0 ? static_cast<std::uint64_t>(took.count()) : 0;
    nanoseconds_.fetch_add(ns, std::memory_order_relaxed);
  }

  Bounds bounds() const { return bounds_; }
  /// Of the bucket itself, those below it left out; the last one is `bounds().size()`.
  std::uint64_t in_bucket(std::size_t bucket) const { return counts_[bucket].load(std::memory_order_relaxed); }
  double seconds() const { return static_cast<double>(nanoseconds_.load(std::memory_order_relaxed)) / 1e9; }

 private:
  const Bounds bounds_;
  std::array<std::atomic<std::uint64_t>, kMostBounds + 1> counts_{};
  std::atomic<std::uint64_t> nanoseconds_{0};
};

/// The node's metrics, in Prometheus' text format 0.0.4 at `/metrics`. Names as Prometheus advises:
/// `dontgoback_…_total`.
class Metrics {
 public:
  virtual ~Metrics() = default;
  /// A counter that lives as long as the metrics; the same one for the same name and labels (`role="core"`).
  virtual Counter& counter(std::string_view name, std::string_view help, std::string_view labels = {}) = 0;
  /// A value read when metrics are scraped; must not block. NaN: it is not known.
  virtual void gauge(std::string_view name, std::string_view help, std::function<double()> read,
                     std::string_view labels = {}) = 0;
  virtual std::string text() const = 0;
  /// A counter that somebody else keeps, read when metrics are scraped; must not block.
  virtual void total(std::string_view name, std::string_view help, std::function<double()> read,
                     std::string_view labels = {}) = 0;
  /// Lives as long as the metrics; the same one for the same name and labels. All of a name have the same bounds.
  /// std::logic_error for too many bounds, or a name of another kind.
  virtual Histogram& histogram(std::string_view name, std::string_view help, Histogram::Bounds bounds,
                               std::string_view labels = {}) = 0;
};

}  // namespace dontgoback::telemetry
