#include "health_board.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>
#include <vector>

#include "dontgoback/text/utf8.hpp"

namespace dontgoback::telemetry {
namespace {

Finding asked(const std::function<Finding()>& check) {
  try {
    return check();
  } catch (const std::exception& broken) {
    return {Finding::Weight::unready, broken.what()};
  }
}

/// A line of UTF-8: paths and answers of other servers may hold anything.
std::string as_line(std::string_view text) {
  std::string line;
  while (!text.empty()) {
    const auto length = text::sequence_length(text);
    const bool breaks = text.front() == '\n' || text.front() == '\r';
    line.append(breaks ? " " : length > 0 ? text.substr(0, length) : "?");
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return line;
}

/// Checks that found the same are named together.
class Lines {
 public:
  void add(const std::string& name, const std::string& text) {
    for (auto& [names, same] : lines_) {
      if (same == text) return static_cast<void>(names += ", " + name);
    }
    lines_.emplace_back(name, text);
  }
  std::string joined(std::string_view before, std::string_view between, std::string_view after) const {
    std::string all;
    for (const auto& [names, text] : lines_) {
      all.append(all.empty() ? "" : between).append(before).append(names).append(": ").append(text).append(after);
    }
    return all;
  }

 private:
  std::vector<std::pair<std::string, std::string>> lines_;
};

}  // namespace

NodeState HealthReport::state() const {
  const auto any = [this](Finding::Weight weight) {
    return std::ranges::any_of(checks, [weight](const Check& check) { return check.finding.weight == weight; });
  };
  if (any(Finding::Weight::unready)) return NodeState::unready;
  return any(Finding::Weight::note) ? NodeState::degraded : NodeState::ready;
}

Message describe(NodeState state) {
  switch (state) {
    case NodeState::unready:
      return {"노드가 제 일을 할 수 없습니다. 아래 이유를 보세요.",
              "The node cannot do its work. See the reasons below."};
    case NodeState::degraded:
      return {"노드가 동작하지만 살펴볼 것이 있습니다.", "The node works, and there is something to look at."};
    case NodeState::ready:
      break;
  }
  return {"노드가 정상으로 동작합니다.", "The node works."};
}

void HealthBoard::add(std::string_view name, std::function<Finding()> check) {
  const std::lock_guard lock(mutex_);
  for (const auto& other : checks_) {
    if (other.name == name) throw std::logic_error("two checks are named " + other.name);
  }
  auto& added = checks_.emplace_back();
  added.name = name;
  added.ask = std::move(check);
  metrics_.gauge(
      "dontgoback_ready_notes", "Whether a check of /readyz, when last asked, had a note for the operator.",
      [&added] { return added.noted ? 1.0 : 0.0; }, "check=\"" + added.name + "\"");
  metrics_.gauge(
      "dontgoback_ready_checks", "Whether a check of /readyz, when last asked, let the node work.",
      [&added] { return added.passed ? 1.0 : 0.0; }, "check=\"" + added.name + "\"");
}

HealthReport HealthBoard::look() {
  std::unique_lock lock(mutex_);
  if (asking_) {
    found_.wait(lock, [this, before = looks_] { return looks_ != before; });
    return last_;
  }
  asking_ = true;
  lock.unlock();
  auto report = ask_all();
  lock.lock();
  asking_ = false;
  ++looks_;
  last_ = report;
  found_.notify_all();
  return report;
}

HealthReport HealthBoard::ask_all() {
  Lines unready;
  Lines notes;
  std::vector<HealthReport::Check> all;
  for (auto& check : checks_) {
    auto finding = asked(check.ask);
    finding.text = as_line(finding.text);
    check.noted = finding.weight == Finding::Weight::note;
    check.passed = finding.weight != Finding::Weight::unready;
    if (finding.weight == Finding::Weight::unready) unready.add(check.name, finding.text);
    if (finding.weight == Finding::Weight::note || finding.weight == Finding::Weight::remark)
      notes.add(check.name, finding.text);
    all.push_back({check.name, std::move(finding)});
  }
  return {unready.joined("", "; ", ""), notes.joined("note: ", "", "\n"), std::move(all)};
}

}  // namespace dontgoback::telemetry
