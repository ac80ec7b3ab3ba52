#include "registry.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <stdexcept>
#include <utility>

#include "process.hpp"

namespace dontgoback::telemetry {
namespace {

void append_number(std::string& out, double number) {
  if (std::isnan(number)) return static_cast<void>(out.append("NaN"));
  std::array<char, 32> digits;
  out.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr);
}

/// The beginning of a sample's line, to the value. `more`: a label besides.
void begin_line(std::string& out, std::string_view name, std::string_view labels, std::string_view more = {}) {
  out.append(name);
  if (!labels.empty() || !more.empty()) {
    out.append("{").append(labels).append(labels.empty() || more.empty() ? "" : ",").append(more).append("}");
  }
  out.append(" ");
}

void append_histogram(std::string& out, std::string_view name, std::string_view labels, const Histogram& histogram) {
  const auto bounds = histogram.bounds();
  std::uint64_t count = 0;
  std::string le;
  for (std::size_t i = 0; i <= bounds.size(); ++i) {
    le = "le=\"";
    if (i < bounds.size()) {
      append_number(le, std::chrono::duration<double>(bounds[i]).count());
    } else {
      le.append("+Inf");
    }
    le.append("\"");
    count += histogram.in_bucket(i);
    begin_line(out, std::string(name).append("_bucket"), labels, le);
    out.append(std::to_string(count)).append("\n");
  }
  begin_line(out, std::string(name).append("_sum"), labels);
  append_number(out, histogram.seconds());
  out.append("\n");
  begin_line(out, std::string(name).append("_count"), labels);
  out.append(std::to_string(count)).append("\n");
}

}  // namespace

MetricsRegistry::MetricsRegistry() {
  reading("process_resident_memory_bytes", "Resident memory size in bytes.", "gauge", resident_memory);
  reading("process_open_fds", "Number of open file descriptors.", "gauge", open_files);
  reading("process_cpu_seconds_total", "Total user and system CPU time spent in seconds.", "counter", cpu_seconds);
  reading("dontgoback_process_written_bytes_total",
          "Bytes that the process caused to be written to disks and cards, by the kernel's account.", "counter",
          written_bytes);
  reading("process_start_time_seconds", "Start time of the process since the Unix epoch in seconds.", "gauge",
          [start = start_time()] { return start; });
}

MetricsRegistry::Family& MetricsRegistry::family(std::string_view name, std::string_view help, std::string_view type,
                                                 Kept kept) {
  const auto found = families_.find(name);
  if (found == families_.end()) {
    return families_.emplace(std::string(name), Family{std::string(help), type, {}, {}, {}}).first->second;
  }
  if (found->second.type != type || found->second.reads.empty() != (kept == Kept::here)) {
    throw std::logic_error("the metric " + std::string(name) + " is of another kind already");
  }
  return found->second;
}

Counter& MetricsRegistry::counter(std::string_view name, std::string_view help, std::string_view labels) {
  const std::lock_guard lock(mutex_);
  auto& counters = family(name, help, "counter", Kept::here).counters;
  auto found = counters.find(labels);
  if (found == counters.end()) found = counters.emplace(std::string(labels), std::make_unique<Counter>()).first;
  return *found->second;
}

Histogram& MetricsRegistry::histogram(std::string_view name, std::string_view help, Histogram::Bounds bounds,
                                      std::string_view labels) {
  if (bounds.size() > Histogram::kMostBounds) throw std::logic_error(std::string(name) + " has too many buckets");
  const std::lock_guard lock(mutex_);
  auto& all = family(name, help, "histogram", Kept::here).histograms;
  auto found = all.find(labels);
  if (found == all.end()) found = all.emplace(std::string(labels), std::make_unique<Histogram>(bounds)).first;
  return *found->second;
}

void MetricsRegistry::total(std::string_view name, std::string_view help, std::function<double()> read,
                            std::string_view labels) {
  reading(name, help, "counter", std::move(read), labels);
}

void MetricsRegistry::gauge(std::string_view name, std::string_view help, std::function<double()> read,
                            std::string_view labels) {
  reading(name, help, "gauge", std::move(read), labels);
}

void MetricsRegistry::reading(std::string_view name, std::string_view help, std::string_view type,
                              std::function<double()> read, std::string_view labels) {
  const std::lock_guard lock(mutex_);
  family(name, help, type, Kept::elsewhere).reads.insert_or_assign(std::string(labels), std::move(read));
}

void MetricsRegistry::each(std::string_view name, const std::function<void(std::string_view, double)>& visit) const {
  const std::lock_guard lock(mutex_);
  const auto found = families_.find(name);
  if (found == families_.end()) return;
  for (const auto& [labels, counter] : found->second.counters) visit(labels, static_cast<double>(counter->value()));
  for (const auto& [labels, read] : found->second.reads) visit(labels, read());
}

void MetricsRegistry::each_histogram(std::string_view name,
                                     const std::function<void(std::string_view, const Histogram&)>& visit) const {
  const std::lock_guard lock(mutex_);
  const auto found = families_.find(name);
  if (found == families_.end()) return;
  for (const auto& [labels, histogram] : found->second.histograms) visit(labels, *histogram);
}

std::string MetricsRegistry::text() const {
  std::string out;
  const std::lock_guard lock(mutex_);
  for (const auto& [name, family] : families_) {
    out.append("# HELP ").append(name).append(" ").append(family.help).append("\n");
    out.append("# TYPE ").append(name).append(" ").append(family.type).append("\n");
    for (const auto& [labels, counter] : family.counters) {
      begin_line(out, name, labels);
      out.append(std::to_string(counter->value())).append("\n");
    }
    for (const auto& [labels, read] : family.reads) {
      begin_line(out, name, labels);
      append_number(out, read());
      out.append("\n");
    }
    for (const auto& [labels, histogram] : family.histograms) append_histogram(out, name, labels, *histogram);
  }
  return out;
}

}  // namespace dontgoback::telemetry
