#include "memory_limiter.hpp"

#include <algorithm>

namespace dontgoback::limits {

Verdict MemoryLimiter::take(const Rate& rate, std::string_view key, std::int64_t cost) {
  const std::chrono::nanoseconds period = rate.period;
  const auto now = clock_.steady();
  const std::lock_guard lock(mutex_);
  auto& keys = keys_of(rate.name);
  const auto* known = keys.find(key);
  const auto whole_again = (known == nullptr ? now : std::max(known->moment, now)) + period / rate.burst * cost;
  if (whole_again - now > period) {
    return {Verdict::Kind::refused, std::chrono::ceil<std::chrono::milliseconds>(whole_again - now - period)};
  }
  if (known == nullptr) keys.erase_two_before(now);
  keys.put(key).moment = whole_again;
  return {};
}

void MemoryLimiter::add(const Tally& tally, std::string_view key) {
  const auto now = clock_.steady();
  const auto forgotten = now - tally.forgotten_after;
  const std::lock_guard lock(mutex_);
  auto& keys = keys_of(tally.name);
  if (keys.find(key) == nullptr) keys.erase_two_before(forgotten);
  auto& entry = keys.put(key);
  entry.events = entry.moment < forgotten ? 1 : entry.events + 1;
  entry.moment = now;
}

std::optional<Count> MemoryLimiter::count(const Tally& tally, std::string_view key) {
  const auto now = clock_.steady();
  const std::lock_guard lock(mutex_);
  const auto* known = keys_of(tally.name).find(key);
  if (known == nullptr || known->moment < now - tally.forgotten_after) return Count{};
  return Count{known->events, std::chrono::floor<std::chrono::milliseconds>(now - known->moment)};
}

void MemoryLimiter::clear(const Tally& tally, std::string_view key) {
  const std::lock_guard lock(mutex_);
  keys_of(tally.name).erase(key);
}

RecentKeys& MemoryLimiter::keys_of(std::string_view name) {
  const auto found = classes_.find(name);
  return found != classes_.end() ? found->second : classes_.try_emplace(std::string(name), kMostKeys).first->second;
}

}  // namespace dontgoback::limits
