#include "json.hpp"

#include <cmath>

#include "dontgoback/time/day.hpp"

namespace dontgoback::core::status {
namespace {

using telemetry::NodeState;
using telemetry::NodeStatus;

std::string_view name_of(NodeState state) {
  return state == NodeState::unready ? "UNREADY" : state == NodeState::degraded ? "DEGRADED" : "READY";
}

std::string_view name_of(telemetry::Finding::Weight weight) {
  using Weight = telemetry::Finding::Weight;
  return weight == Weight::unready ? "UNREADY" : weight == Weight::note ? "NOTE" : "FINE";
}

/// Milliseconds to a tenth.
void milliseconds(json::Writer& writer, std::optional<double> seconds) {
  if (seconds) {
    writer.decimal(std::llround(*seconds * 10'000), 1);
  } else {
    writer.null();
  }
}

void milliseconds(json::Writer& writer, std::string_view name, std::optional<double> seconds) {
  writer.key(name);
  milliseconds(writer, seconds);
}

void write_checks(json::Writer& writer, const NodeStatus& status) {
  writer.key("checks");
  writer.begin_array();
  for (const auto& [name, finding] : status.checks) {
    writer.begin_object();
    writer.field("name", name);
    writer.field("state", name_of(finding.weight));
    writer.field("text", finding.text);
    writer.end_object();
  }
  writer.end_array();
}

void write_traffic(json::Writer& writer, std::string_view name, const telemetry::Traffic& traffic,
                   std::chrono::seconds span) {
  const auto& took = traffic.latency;
  writer.key(name);
  writer.begin_object();
  writer.field("seconds", std::int64_t{span.count()});
  writer.field("requests", traffic.requests);
  writer.field("failures", traffic.failures);
  writer.field("refused", traffic.refused);
  milliseconds(writer, "p50Ms", took ? std::optional(took->p50) : std::nullopt);
  milliseconds(writer, "p95Ms", took ? std::optional(took->p95) : std::nullopt);
  milliseconds(writer, "p99Ms", took ? std::optional(took->p99) : std::nullopt);
  writer.end_object();
}

void write_places(json::Writer& writer, const NodeStatus& status) {
  writer.key("lanes");
  writer.begin_object();
  writer.field("waitingQueries", status.waiting_queries);
  writer.field("waitingCommands", status.waiting_commands);
  writer.field("waitingWrites", status.waiting_writes);
  writer.field("turnedAway", status.turned_away);
  writer.end_object();
  writer.field("connections", status.connections);
  writer.field("streams", status.streams);
  writer.field("memoryBytes", status.memory_bytes);
}

void write_storage(json::Writer& writer, const NodeStatus& status) {
  writer.key("storage");
  writer.begin_object();
  writer.field("databaseBytes", status.database_bytes);
  writer.field("diskBytes", status.disk_bytes);
  writer.field("diskFreeBytes", status.disk_free_bytes);
  writer.field("writtenBytes", status.written_bytes);
  milliseconds(writer, "commitP95Ms", status.commit_p95);
  writer.end_object();
  writer.field("lastBackupAt", status.last_backup);
}

void write_outbox(json::Writer& writer, const NodeStatus& status) {
  writer.key("outbox");
  writer.begin_object();
  writer.key("queues");
  writer.begin_array();
  for (const auto& [topic, waiting] : status.outbox) {
    writer.begin_object();
    writer.field("topic", topic);
    writer.field("waiting", waiting);
    writer.end_object();
  }
  writer.end_array();
  writer.field("failed", status.outbox_failed);
  writer.field("oldestSeconds", std::int64_t{status.outbox_oldest.count()});
  writer.end_object();
}

void write_jobs(json::Writer& writer, const NodeStatus& status) {
  writer.key("jobs");
  writer.begin_array();
  for (const auto& job : status.jobs) {
    writer.begin_object();
    writer.field("name", job.name);
    writer.field("periodSeconds", std::int64_t{job.period.count()});
    writer.field("lastSuccessAt", job.last_success);
    writer.field("lastTookMs", std::int64_t{job.last_took.count()});
    writer.field("failures", job.failures);
    writer.field("late", job.late);
    writer.end_object();
  }
  writer.end_array();
}

void write_nodes(json::Writer& writer, const NodeStatus& status) {
  writer.key("nodes");
  writer.begin_array();
  for (const auto& peer : status.peers) {
    writer.begin_object();
    writer.field("name", peer.node);
    writer.field("calls", peer.calls);
    writer.field("failures", peer.failures);
    writer.field("lastFailureAt", peer.last_failure);
    writer.end_object();
  }
  writer.end_array();
}

/// A list for each figure: three hours are 6 KB so, a quarter of what objects would be.
void write_history(json::Writer& writer, const NodeStatus& status) {
  const auto column = [&](std::string_view name, auto write_one) {
    writer.key(name);
    writer.begin_array();
    for (const auto& sample : status.history) write_one(sample);
    writer.end_array();
  };
  using Sample = NodeStatus::Sample;
  writer.key("history");
  writer.begin_object();
  column("secondsAgo", [&](const Sample& sample) { writer.value(std::int64_t{sample.ago.count()}); });
  column("requests", [&](const Sample& sample) { writer.value(sample.requests); });
  column("failures", [&](const Sample& sample) { writer.value(sample.failures); });
  column("p50Ms", [&](const Sample& sample) { milliseconds(writer, sample.p50); });
  column("p95Ms", [&](const Sample& sample) { milliseconds(writer, sample.p95); });
  column("waiting", [&](const Sample& sample) { writer.value(sample.waiting); });
  column("memoryBytes", [&](const Sample& sample) { writer.value(sample.memory_bytes); });
  column("connections", [&](const Sample& sample) { writer.value(sample.connections); });
  writer.end_object();
}

}  // namespace

void write(json::Writer& writer, const NodeStatus& status, http::Language language) {
  writer.begin_object();
  writer.field("version", status.version);
  writer.field("role", status.role);
  writer.field("host", status.host);
  writer.field("at", status.at);
  writer.field("upSeconds", std::int64_t{status.up.count()});
  writer.field("clockConfirmed", status.clock_confirmed);
  writer.field("state", name_of(status.state));
  writer.field("text", http::in(language, telemetry::describe(status.state)));
  write_checks(writer, status);
  write_traffic(writer, "recently", status.recently, std::chrono::round<std::chrono::seconds>(status.recently.span));
  write_traffic(writer, "sinceStart", status.since_start, status.up);
  write_places(writer, status);
  write_storage(writer, status);
  write_outbox(writer, status);
  write_jobs(writer, status);
  write_nodes(writer, status);
  write_history(writer, status);
  writer.end_object();
}

}  // namespace dontgoback::core::status
