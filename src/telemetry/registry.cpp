#include "registry.hpp"

#include <array>
#include <charconv>
#include <stdexcept>
#include <utility>

#include "process.hpp"

namespace dontgoback::telemetry {
namespace {

void append_number(std::string& out, double number) {
  std::array<char, 32> digits;
  out.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr);
}

}  // namespace

MetricsRegistry::MetricsRegistry() {
  reading("process_resident_memory_bytes", "Resident memory size in bytes.", "gauge", resident_memory);
  reading("process_open_fds", "Number of open file descriptors.", "gauge", open_files);
  reading("process_cpu_seconds_total", "Total user and system CPU time spent in seconds.", "counter", cpu_seconds);
  reading("process_start_time_seconds", "Start time of the process since the Unix epoch in seconds.", "gauge",
          [start = start_time()] { return start; });
}

MetricsRegistry::Family& MetricsRegistry::family(std::string_view name, std::string_view help, std::string_view type,
                                                 bool counts) {
  const auto found = families_.find(name);
  if (found == families_.end()) {
    return families_.emplace(std::string(name), Family{std::string(help), type, {}, {}}).first->second;
  }
  if (found->second.type != type || found->second.counters.empty() == counts) {
    throw std::logic_error("the metric " + std::string(name) + " is of another kind already");
  }
  return found->second;
}

Counter& MetricsRegistry::counter(std::string_view name, std::string_view help, std::string_view labels) {
  const std::lock_guard lock(mutex_);
  auto& counters = family(name, help, "counter", true).counters;
  auto found = counters.find(labels);
  if (found == counters.end()) found = counters.emplace(std::string(labels), std::make_unique<Counter>()).first;
  return *found->second;
}

void MetricsRegistry::gauge(std::string_view name, std::string_view help, std::function<double()> read,
                            std::string_view labels) {
  reading(name, help, "gauge", std::move(read), labels);
}

void MetricsRegistry::reading(std::string_view name, std::string_view help, std::string_view type,
                              std::function<double()> read, std::string_view labels) {
  const std::lock_guard lock(mutex_);
  family(name, help, type, false).reads.insert_or_assign(std::string(labels), std::move(read));
}

std::string MetricsRegistry::text() const {
  std::string out;
  const std::lock_guard lock(mutex_);
  for (const auto& [name, family] : families_) {
    out.append("# HELP ").append(name).append(" ").append(family.help).append("\n");
    out.append("# TYPE ").append(name).append(" ").append(family.type).append("\n");
    const auto begin_line = [&, &called = name](const std::string& labels) {
      out.append(called);
      if (!labels.empty()) out.append("{").append(labels).append("}");
      out.append(" ");
    };
    for (const auto& [labels, counter] : family.counters) {
      begin_line(labels);
      out.append(std::to_string(counter->value())).append("\n");
    }
    for (const auto& [labels, read] : family.reads) {
      begin_line(labels);
      append_number(out, read());
      out.append("\n");
    }
  }
  return out;
}

}  // namespace dontgoback::telemetry
