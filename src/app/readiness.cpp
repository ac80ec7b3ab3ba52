#include "readiness.hpp"

#include "dontgoback/json/writer.hpp"

namespace dontgoback::app {
namespace {

using Weight = telemetry::Finding::Weight;

struct Words {
  std::string_view status;
  Message message;
};

Words words_of(const Readiness& readiness) {
  if (readiness.draining) return {"draining", {"노드가 종료하고 있습니다.", "The node is ending."}};
  switch (const auto state = readiness.report.state()) {
    case telemetry::NodeState::unready:
      return {"unready", telemetry::describe(state)};
    case telemetry::NodeState::degraded:
      return {"degraded", telemetry::describe(state)};
    case telemetry::NodeState::ready:
      break;
  }
  return {"ready", telemetry::describe(telemetry::NodeState::ready)};
}

std::string_view state_of(Weight weight) {
  switch (weight) {
    case Weight::unready:
      return "unready";
    case Weight::note:
      return "note";
    case Weight::remark:
    case Weight::fine:
      break;
  }
  return "fine";
}

void write(json::Writer& writer, std::string_view name, const Message& message) {
  writer.key(name);
  writer.begin_object();
  writer.field("ko", message.ko);
  writer.field("en", message.en);
  writer.end_object();
}

std::string korean_text(const Readiness& readiness) {
  if (readiness.draining) return "준비되지 않음: 종료하고 있습니다 (not ready: draining)\n";
  std::string unready;
  std::string notes;
  for (const auto& [name, finding] : readiness.report.checks) {
    if (finding.weight == Weight::unready) unready += (unready.empty() ? "" : "; ") + name + ": " + finding.text;
    if (finding.weight == Weight::note || finding.weight == Weight::remark) {
      notes += "참고: " + name + ": " + finding.text + "\n";
    }
  }
  return (unready.empty() ? std::string("준비됨 (ready)") : "준비되지 않음 (not ready): " + unready) + "\n" + notes;
}

}  // namespace

std::string to_text(const Readiness& readiness, http::Language language) {
  if (language == http::Language::ko) return korean_text(readiness);
  if (readiness.draining) return "not ready: draining\n";
  const auto& [unready, notes, checks] = readiness.report;
  return (unready.empty() ? "ready" : "not ready: " + unready) + "\n" + notes;
}

std::string to_json(const Readiness& readiness) {
  std::string text;
  json::Writer writer(text);
  const auto words = words_of(readiness);
  writer.begin_object();
  writer.field("status", words.status);
  write(writer, "message", words.message);
  writer.key("checks");
  writer.begin_array();
  for (const auto& [name, finding] : readiness.report.checks) {
    writer.begin_object();
    writer.field("name", name);
    writer.field("state", state_of(finding.weight));
    writer.field("text", finding.text);
    writer.end_object();
  }
  writer.end_array();
  writer.end_object();
  return text;
}

}  // namespace dontgoback::app
