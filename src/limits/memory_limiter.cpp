#include "memory_limiter.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace dontgoback::limits {

Verdict MemoryLimiter::take(std::span<const Share> shares, std::int64_t cost) {
  const auto now = clock_.steady();
  const std::lock_guard lock(mutex_);
  std::array<Taking, kMostShares> takings;
  const auto verdict = judge(shares, cost, now, takings);
  if (verdict.is_refused()) return verdict;
  // New keys last: for their space others may go.
  for (const auto& taking : std::span(takings).first(shares.size())) {
    if (taking.known != nullptr) *taking.known = taking.whole_at;
  }
  for (std::size_t i = 0; i < shares.size(); ++i) {
    if (takings[i].known == nullptr) takings[i].meters->add(shares[i].key, takings[i].whole_at, now);
  }
  return verdict;
}

Verdict MemoryLimiter::look(std::span<const Share> shares) {
  const auto now = clock_.steady();
  const std::lock_guard lock(mutex_);
  std::array<Taking, kMostShares> takings;
  return judge(shares, 1, now, takings);
}

Verdict MemoryLimiter::judge(std::span<const Share> shares, std::int64_t cost, Meters::Moment now,
                             std::span<Taking> takings) {
  using std::chrono::milliseconds;
  if (shares.size() > takings.size()) throw std::logic_error("more shares than are asked for at once");
  Verdict verdict;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    const auto& [rate, key] = shares[i];
    const std::chrono::nanoseconds period = rate.period;
    auto& meters = meters_of(rate.name);
    auto* const known = meters.find(key);
    const auto of_one = period / rate.burst;
    const auto whole_at = (known == nullptr ? now : std::max(*known, now)) + of_one * cost;
    takings[i] = {&meters, known, whole_at};
    const auto taken = whole_at - now;
    if (i == 0) {
      verdict.left = (period - taken) / of_one;
      verdict.whole = std::chrono::ceil<milliseconds>(taken);
    }
    if (taken <= period) continue;
    const auto wait = std::chrono::ceil<milliseconds>(taken - period);
    if (!verdict.is_refused() || wait > verdict.wait) {
      verdict = {.kind = Verdict::Kind::refused, .wait = wait, .refusing = i};
    }
  }
  return verdict;
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
  if (const auto found = tallies_.find(tally.name); found != tallies_.end()) found->second.erase(key);
}

bool MemoryLimiter::take_elsewhere(const Share& share, std::chrono::nanoseconds taken) {
  const std::chrono::nanoseconds period = share.rate.period;
  const auto now = clock_.steady();
  const std::lock_guard lock(mutex_);
  if (rates_.size() >= kMostClasses && !rates_.contains(share.rate.name)) return false;
  auto& meters = meters_of(share.rate.name);
  auto* const known = meters.find(share.key);
  const auto whole_at = std::min((known == nullptr ? now : std::max(*known, now)) + taken, now + 2 * period);
  if (known != nullptr) {
    *known = whole_at;
  } else {
    meters.add(share.key, whole_at, now);
  }
  return true;
}

bool MemoryLimiter::add_elsewhere(const Tally& tally, std::string_view key) {
  {
    const std::lock_guard lock(mutex_);
    if (tallies_.size() >= kMostClasses && !tallies_.contains(tally.name)) return false;
  }
  add(tally, key);
  return true;
}

RecentKeys& MemoryLimiter::keys_of(std::string_view name) {
  const auto found = tallies_.find(name);
  return found != tallies_.end() ? found->second : tallies_.try_emplace(std::string(name), kMostKeys).first->second;
}

Meters& MemoryLimiter::meters_of(std::string_view name) {
  const auto found = rates_.find(name);
  return found != rates_.end() ? found->second : rates_.try_emplace(std::string(name), kMostKeys).first->second;
}

}  // namespace dontgoback::limits
