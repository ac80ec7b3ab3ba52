#include "node_overview.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <limits>
#include <string>
#include <utility>

#include "figures.hpp"

namespace dontgoback::telemetry {
namespace {

constexpr std::chrono::minutes kSample{1};

template <class T>
std::uint32_t small(T number) {
  return static_cast<std::uint32_t>(std::clamp<T>(number, 0, std::numeric_limits<std::uint32_t>::max()));
}

std::int64_t more(std::uint64_t after, std::uint64_t before) {
  return after > before ? static_cast<std::int64_t>(after - before) : 0;
}

std::string host_name() {
  std::array<char, 256> name{};
  ::gethostname(name.data(), name.size() - 1);
  return name.data();
}

}  // namespace

Traffic between(const TrafficCounts& before, const TrafficCounts& after) {
  Traffic traffic{.requests = more(after.requests, before.requests),
                  .failures = more(after.failures, before.failures),
                  .refused = more(after.refused, before.refused)};
  BucketCounts took{};
  for (std::size_t i = 0; i < took.size(); ++i) {
    took[i] = static_cast<std::uint64_t>(more(after.took[i], before.took[i]));
  }
  if (const auto p50 = quantile(after.bounds, took, 0.5)) {
    traffic.latency = Latency{*p50, *quantile(after.bounds, took, 0.95), *quantile(after.bounds, took, 0.99)};
  }
  return traffic;
}

NodeOverview::NodeOverview(const MetricsRegistry& metrics, HealthBoard& health, const time::Clock& clock,
                           std::span<const std::string_view> left_out)
    : metrics_(metrics),
      health_(health),
      clock_(clock),
      left_out_(left_out),
      start_(mark()),
      before_(start_),
      last_(start_) {}

void NodeOverview::add_to(jobs::Scheduler& scheduler) {
  scheduler.add({"overview-watch", {{}, kSample}, false, [this](const jobs::Run&) {
                   end_minute();
                   return std::string("the figures of a minute were kept");
                 }});
}

NodeOverview::Mark NodeOverview::mark() const {
  Mark mark{clock_.steady(), {}};
  auto& counts = mark.counts;
  const auto counts_here = [this](std::string_view labels) {
    return std::ranges::find(left_out_, label(labels, "route")) == left_out_.end();
  };
  metrics_.each("dontgoback_http_requests_total", [&](std::string_view labels, double answers) {
    if (!counts_here(labels)) return;
    const auto code = label(labels, "code");
    const auto some = static_cast<std::uint64_t>(answers);
    counts.requests += some;
    if (code.starts_with('5')) counts.failures += some;
    if (code == "429") counts.refused += some;
  });
  metrics_.each_histogram("dontgoback_http_request_duration_seconds",
                          [&](std::string_view labels, const Histogram& took) {
                            if (!counts_here(labels)) return;
                            counts.bounds = took.bounds();  // the same of all
                            for (std::size_t i = 0; i <= counts.bounds.size(); ++i) counts.took[i] += took.in_bucket(i);
                          });
  return mark;
}

void NodeOverview::end_minute() {
  NodeStatus now;
  put_figures(now, metrics_);
  const auto next = mark();
  const std::lock_guard lock(mutex_);
  const auto traffic = between(last_.counts, next.counts);
  const auto& latency = traffic.latency;
  history_.add({.end = next.at,
                .requests = small(traffic.requests),
                .failures = small(traffic.failures),
                .p50 = latency ? static_cast<float>(latency->p50) : -1,
                .p95 = latency ? static_cast<float>(latency->p95) : -1,
                .waiting = small(now.waiting_queries + now.waiting_commands + now.waiting_writes.value_or(0)),
                .memory_kib = small(now.memory_bytes / 1024),
                .connections = small(now.connections)});
  before_ = std::exchange(last_, next);
}

void NodeOverview::put_history(NodeStatus& status) {
  const auto now = mark();
  status.up = std::chrono::floor<std::chrono::seconds>(now.at - start_.at);
  status.since_start = between(start_.counts, now.counts);
  const std::lock_guard lock(mutex_);
  static_cast<Traffic&>(status.recently) = between(before_.counts, now.counts);
  status.recently.span = std::chrono::floor<std::chrono::milliseconds>(now.at - before_.at);
  status.history = history_.samples(now.at);
}

NodeStatus NodeOverview::look() {
  NodeStatus status;
  auto report = health_.look();
  status.state = report.state();
  for (auto& [name, finding] : report.checks) status.checks.push_back({std::move(name), std::move(finding)});
  status.at = clock_.now();
  status.host = host_name();
  put_figures(status, metrics_);
  put_history(status);
  return status;
}

}  // namespace dontgoback::telemetry
