#include "readiness.hpp"

#include <algorithm>

#include "dontgoback/json/writer.hpp"
#include "dontgoback/text/utf8.hpp"

namespace dontgoback::app {
namespace {

using Weight = telemetry::Finding::Weight;

/// Paths and answers of other servers may hold anything.
std::string well_formed(std::string_view text) {
  std::string clean;
  while (!text.empty()) {
    const auto length = text::sequence_length(text);
    clean.append(length > 0 ? text.substr(0, length) : "?");
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return clean;
}

struct Words {
  std::string_view status;
  Message message;
};

Words words_of(const Readiness& readiness) {
  if (readiness.draining) return {"draining", {"노드가 종료하고 있습니다.", "The node is ending."}};
  if (!readiness.works()) {
    return {
        "unready",
        {"노드가 제 일을 할 수 없습니다. 아래 이유를 보세요.", "The node cannot do its work. See the reasons below."}};
  }
  const auto& checks = readiness.report.checks;
  if (std::ranges::any_of(checks, [](const auto& check) { return check.finding.weight == Weight::note; })) {
    return {"degraded",
            {"노드가 동작하지만 살펴볼 것이 있습니다.", "The node works, and there is something to look at."}};
  }
  return {"ready", {"노드가 정상으로 동작합니다.", "The node works."}};
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
    writer.field("text", well_formed(finding.text));
    writer.end_object();
  }
  writer.end_array();
  writer.end_object();
  return text;
}

}  // namespace dontgoback::app
