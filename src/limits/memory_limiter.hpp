#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <string>

#include "dontgoback/limits/limiter.hpp"
#include "dontgoback/time/clock.hpp"
#include "recent_keys.hpp"

namespace dontgoback::limits {

/// Counts in this process' memory, so they begin anew with it and are each node's own. Never unavailable.
class MemoryLimiter final : public Limiter {
 public:
  /// Of a class; about 4 MB at most. One more takes the place of the one that was used longest ago, which has its whole
  /// share again: a stranger needs so many addresses or names to be forgotten.
  static constexpr std::size_t kMostKeys = 16'384;

  explicit MemoryLimiter(const time::Clock& clock) : clock_(clock) {}

  Verdict take(const Rate& rate, std::string_view key, std::int64_t cost) override;
  void add(const Tally& tally, std::string_view key) override;
  std::optional<Count> count(const Tally& tally, std::string_view key) override;
  void clear(const Tally& tally, std::string_view key) override;

 private:
  RecentKeys& keys_of(std::string_view name);

  const time::Clock& clock_;
  std::mutex mutex_;
  std::map<std::string, RecentKeys, std::less<>> classes_;
};

}  // namespace dontgoback::limits
