#include "figures.hpp"

#include <cmath>
#include <map>
#include <string>

#include "quantile.hpp"

namespace dontgoback::telemetry {
namespace {

std::optional<std::int64_t> whole(std::optional<double> number) {
  return number ? std::optional(std::llround(*number)) : std::nullopt;
}

std::int64_t count(const MetricsRegistry& metrics, std::string_view name) {
  return whole(sum(metrics, name)).value_or(0);
}

/// 0: never.
std::optional<time::Timestamp> moment(double seconds) {
  if (!(seconds > 0)) return std::nullopt;
  return time::Timestamp(std::chrono::milliseconds(std::llround(seconds * 1000)));
}

template <class Duration>
Duration rounded(double seconds) {
  return std::isnan(seconds) ? Duration(0) : std::chrono::round<Duration>(std::chrono::duration<double>(seconds));
}

/// As DontgobackJobLate of packaging/prometheus/dontgoback-alerts.yml.
bool is_late(const NodeStatus::Job& job, time::Timestamp now) {
  if (!job.last_success || job.period.count() == 0) return false;
  const std::chrono::duration<double> since = now - *job.last_success;
  return since > 1.2 * job.period + std::chrono::hours(1);
}

void put_build(NodeStatus& status, const MetricsRegistry& metrics) {
  metrics.each("dontgoback_build_info", [&](std::string_view labels, double) {
    status.version = label(labels, "version");
    status.role = label(labels, "role");
  });
}

void put_commits(NodeStatus& status, const MetricsRegistry& metrics) {
  metrics.each_histogram("dontgoback_database_commit_duration_seconds",
                         [&](std::string_view, const Histogram& commits) {
                           BucketCounts counts{};
                           for (std::size_t i = 0; i <= commits.bounds().size(); ++i) counts[i] = commits.in_bucket(i);
                           status.commit_p95 = quantile(commits.bounds(), counts, 0.95);
                         });
}

void put_outbox(NodeStatus& status, const MetricsRegistry& metrics) {
  metrics.each("dontgoback_outbox_topic_waiting", [&](std::string_view labels, double waiting) {
    status.outbox.push_back({std::string(label(labels, "topic")), std::llround(waiting)});
  });
  status.outbox_failed = count(metrics, "dontgoback_outbox_failed");
  status.outbox_oldest =
      rounded<std::chrono::seconds>(sum(metrics, "dontgoback_outbox_oldest_age_seconds").value_or(0));
}

void put_jobs(NodeStatus& status, const MetricsRegistry& metrics) {
  std::map<std::string, NodeStatus::Job, std::less<>> jobs;
  const auto job_of = [&jobs](std::string_view labels) -> NodeStatus::Job& {
    return jobs[std::string(label(labels, "job_name"))];
  };
  metrics.each("dontgoback_job_period_seconds", [&](std::string_view labels, double seconds) {
    job_of(labels).period = rounded<std::chrono::seconds>(seconds);
  });
  metrics.each("dontgoback_job_last_success_timestamp_seconds",
               [&](std::string_view labels, double at) { job_of(labels).last_success = moment(at); });
  metrics.each("dontgoback_job_last_duration_seconds", [&](std::string_view labels, double seconds) {
    job_of(labels).last_took = rounded<std::chrono::milliseconds>(seconds);
  });
  metrics.each("dontgoback_job_runs_total", [&](std::string_view labels, double runs) {
    if (label(labels, "outcome") == "failure") job_of(labels).failures = std::llround(runs);
  });
  for (auto& [name, job] : jobs) {
    job.name = name;
    job.late = is_late(job, status.at);
    status.jobs.push_back(std::move(job));
  }
}

void put_peers(NodeStatus& status, const MetricsRegistry& metrics) {
  std::map<std::string, NodeStatus::Peer, std::less<>> peers;
  const auto peer_of = [&peers](std::string_view labels) -> NodeStatus::Peer& {
    return peers[std::string(label(labels, "node"))];
  };
  metrics.each("dontgoback_node_calls_total", [&](std::string_view labels, double calls) {
    auto& peer = peer_of(labels);
    peer.calls += std::llround(calls);
    if (label(labels, "outcome") != "answered") peer.failures += std::llround(calls);
  });
  metrics.each("dontgoback_node_call_last_failure_timestamp_seconds",
               [&](std::string_view labels, double at) { peer_of(labels).last_failure = moment(at); });
  for (auto& [node, peer] : peers) {
    peer.node = node;
    status.peers.push_back(std::move(peer));
  }
}

}  // namespace

std::string_view label(std::string_view labels, std::string_view name) {
  while (!labels.empty()) {
    const auto equals = labels.find("=\"");
    if (equals == labels.npos) return {};
    const auto end = labels.find('"', equals + 2);
    if (end == labels.npos) return {};
    if (labels.substr(0, equals) == name) return labels.substr(equals + 2, end - equals - 2);
    labels.remove_prefix(end + 1);
    if (labels.starts_with(',')) labels.remove_prefix(1);
  }
  return {};
}

std::optional<double> sum(const MetricsRegistry& metrics, std::string_view name) {
  std::optional<double> all;
  metrics.each(name, [&all](std::string_view, double value) { all = all.value_or(0) + value; });
  return all && std::isnan(*all) ? std::nullopt : all;
}

void put_figures(NodeStatus& status, const MetricsRegistry& metrics) {
  put_build(status, metrics);
  if (const auto confirmed = sum(metrics, "dontgoback_clock_confirmed")) status.clock_confirmed = *confirmed > 0;
  status.waiting_queries = count(metrics, "dontgoback_http_query_queue");
  status.waiting_commands = count(metrics, "dontgoback_http_command_queue");
  for (const auto* refused : {"dontgoback_http_lane_rejected_total", "dontgoback_http_memory_refused_total",
                              "dontgoback_http_streams_refused_total", "dontgoback_http_connections_refused_total"}) {
    status.turned_away += count(metrics, refused);
  }
  status.waiting_writes = whole(sum(metrics, "dontgoback_database_waiting_writes"));
  status.connections = count(metrics, "dontgoback_http_connections");
  status.streams = count(metrics, "dontgoback_http_streams");
  status.database_bytes = whole(sum(metrics, "dontgoback_database_size_bytes"));
  status.disk_bytes = whole(sum(metrics, "dontgoback_disk_size_bytes"));
  status.disk_free_bytes = whole(sum(metrics, "dontgoback_disk_free_bytes"));
  if (const auto at = sum(metrics, "dontgoback_backup_last_success_timestamp_seconds")) {
    status.last_backup = moment(*at);
  }
  status.memory_bytes = count(metrics, "process_resident_memory_bytes");
  status.written_bytes = count(metrics, "dontgoback_process_written_bytes_total");
  put_commits(status, metrics);
  put_outbox(status, metrics);
  put_jobs(status, metrics);
  put_peers(status, metrics);
}

}  // namespace dontgoback::telemetry
