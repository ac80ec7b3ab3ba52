#include "asking.hpp"

#include <algorithm>

namespace dontgoback::core::assets {
namespace {

bool all_unavailable(const std::vector<Result<ports::AssetChange>>& answers) {
  return std::all_of(answers.begin(), answers.end(),
                     [](const auto& answer) { return !answer && answer.failure().kind == FailureKind::unavailable; });
}

}  // namespace

void check_go_on(const jobs::Run& run) {
  if (run.stop.stop_requested()) throw Unavailable("the asset refresh was told to stop");
  if (!run.keep_alive()) throw Unavailable("another node has taken over the asset refresh");
}

Answers ask(ports::AssetSource& source, time::Day day, std::span<const ports::AssetQuery> queries) {
  if (queries.empty()) return {};
  Answers answers{source.changes(day, queries)};
  if (all_unavailable(answers.changes)) answers.changes = source.changes(day, queries);
  answers.source_away = all_unavailable(answers.changes);
  return answers;
}

}  // namespace dontgoback::core::assets
