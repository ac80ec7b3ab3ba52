#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <unordered_map>

#include "dontgoback/limits/limiter.hpp"
#include "dontgoback/time/clock.hpp"
#include "meters.hpp"
#include "recent_keys.hpp"

namespace dontgoback::limits {

/// Counts in this process' memory, so they begin anew with it. Never unavailable.
class MemoryLimiter final : public Limiter {
 public:
  /// Of a class; 4 MB at most with the longest names. When one more comes, keys of a rate go that have nearly their
  /// whole share, and of a tally the one that was used longest ago, which a stranger needs as many names for.
  static constexpr std::size_t kMostKeys = 16'384;

  /// Classes that others may make besides those of this node.
  static constexpr std::size_t kMostClasses = 64;

  explicit MemoryLimiter(const time::Clock& clock) : clock_(clock) {}

  using Limiter::take;
  Verdict take(std::span<const Share> shares, std::int64_t cost = 1) override;
  Verdict look(std::span<const Share> shares) override;
  void add(const Tally& tally, std::string_view key) override;
  std::optional<Count> count(const Tally& tally, std::string_view key) override;
  void clear(const Tally& tally, std::string_view key) override;

  /// What another node let somebody take, as the span it takes to come back. Nobody is made to wait longer by it than
  /// the rate's period. False: too many classes, it is not counted.
  bool take_elsewhere(const Share& share, std::chrono::nanoseconds taken);
  /// `add` of another node. False as before.
  bool add_elsewhere(const Tally& tally, std::string_view key);

 private:
  /// Of one call.
  static constexpr std::size_t kMostShares = 8;
  struct Taking {
    Meters* meters;
    Meters::Moment* known;    ///< null: a new key
    Meters::Moment whole_at;  ///< if it is taken
  };
  /// Fills `takings`, one for each share.
  Verdict judge(std::span<const Share> shares, std::int64_t cost, Meters::Moment now, std::span<Taking> takings);
  RecentKeys& keys_of(std::string_view name);
  Meters& meters_of(std::string_view name);

  const time::Clock& clock_;
  std::mutex mutex_;
  std::unordered_map<std::string, Meters, TextHash, std::equal_to<>> rates_;
  std::map<std::string, RecentKeys, std::less<>> tallies_;
};

}  // namespace dontgoback::limits
