#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "dontgoback/telemetry/metrics.hpp"

namespace dontgoback::telemetry {

/// The node's one set of metrics. Any thread. Brings the process' own: `process_resident_memory_bytes`,
/// `process_open_fds`, `process_cpu_seconds_total`, `process_start_time_seconds`.
class MetricsRegistry final : public Metrics {
 public:
  MetricsRegistry();
  /// std::logic_error when the name is a gauge's.
  Counter& counter(std::string_view name, std::string_view help, std::string_view labels = {}) override;
  void total(std::string_view name, std::string_view help, std::function<double()> read,
             std::string_view labels = {}) override;
  Histogram& histogram(std::string_view name, std::string_view help, Histogram::Bounds bounds,
                       std::string_view labels = {}) override;
  /// A second gauge of the same name and labels takes the first one's place. std::logic_error when the name is a
  /// counter's.
  void gauge(std::string_view name, std::string_view help, std::function<double()> read,
             std::string_view labels = {}) override;
  std::string text() const override;

  /// What `text` would say of a name, for who puts figures together: of a counter and of what is read. `visit` must not
  /// come back here.
  void each(std::string_view name, const std::function<void(std::string_view labels, double value)>& visit) const;
  void each_histogram(std::string_view name,
                      const std::function<void(std::string_view labels, const Histogram& histogram)>& visit) const;

 private:
  struct Family {
    std::string help;
    std::string_view type;
    // One of them, by labels.
    std::map<std::string, std::unique_ptr<Counter>, std::less<>> counters;
    std::map<std::string, std::function<double()>, std::less<>> reads;
    std::map<std::string, std::unique_ptr<Histogram>, std::less<>> histograms;
  };
  enum class Kept { here, elsewhere };
  Family& family(std::string_view name, std::string_view help, std::string_view type, Kept kept);
  void reading(std::string_view name, std::string_view help, std::string_view type, std::function<double()> read,
               std::string_view labels = {});

  mutable std::mutex mutex_;
  std::map<std::string, Family, std::less<>> families_;
};

}  // namespace dontgoback::telemetry
