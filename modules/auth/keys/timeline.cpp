#include "keys/timeline.hpp"

namespace dontgoback::auth {

std::string_view name_of(KeyState state) {
  switch (state) {
    case KeyState::next:
      return "next";
    case KeyState::signing:
      return "signing";
    case KeyState::retiring:
      break;
  }
  return "retiring";
}

std::size_t signing_index(const std::vector<KeyTimes>& keys, time::Timestamp now) {
  std::size_t signing = 0;
  for (std::size_t i = 1; i < keys.size(); ++i) {
    if (keys[i].signs_from <= now) signing = i;
  }
  return signing;
}

std::vector<KeyPlan> plan_of(const std::vector<KeyTimes>& keys, time::Timestamp now) {
  std::vector<KeyPlan> plan;
  if (keys.empty()) return plan;
  const auto signing = signing_index(keys, now);
  for (std::size_t i = 0; i < keys.size(); ++i) {
    auto& entry = plan.emplace_back();
    entry.key = keys[i];
    entry.state = i < signing ? KeyState::retiring : i == signing ? KeyState::signing : KeyState::next;
    if (i + 1 < keys.size()) {
      entry.signs_until = keys[i + 1].signs_from;
      entry.gone_at = *entry.signs_until + kKeptAfterLastToken;
    }
  }
  return plan;
}

std::optional<time::Timestamp> next_publication(const std::vector<KeyTimes>& keys, std::chrono::hours every,
                                                time::Timestamp now) {
  if (keys.empty() || signing_index(keys, now) + 1 < keys.size()) return std::nullopt;
  return keys.back().signs_from + every - kPublishedBefore;
}

}  // namespace dontgoback::auth
