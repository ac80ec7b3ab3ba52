#include "node_trust.hpp"

namespace dontgoback::clock {

std::optional<time::Timestamp> NodeTrust::confirmed_now() const {
  const auto look = watch_.look();
  if (!look.confirmed()) return std::nullopt;
  return look.now;
}

bool NodeTrust::older_than(time::Timestamp::duration age, time::Timestamp written) const {
  const auto now = confirmed_now();
  return now && written <= *now - age;
}

std::vector<time::Span> NodeTrust::spans_older_than(time::Timestamp::duration age) {
  const auto now = confirmed_now();
  if (!now) return {};
  return {{time::Timestamp::min(), *now - age}};
}

}  // namespace dontgoback::clock
