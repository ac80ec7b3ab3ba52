#pragma once

#include <string_view>

#include "dontgoback/id.hpp"
#include "dontgoback/money.hpp"
#include "dontgoback/security/crypto/hash.hpp"
#include "dontgoback/time/day.hpp"

namespace dontgoback::extension {

/// How much a day may change a fortune. `sigma` is taken as the double nearest to what was written.
struct MultiplierSettings {
  double sigma = 0.02;
  double min_percent = -5;
  double max_percent = 5;
};

/// The upper limits keep every intermediate value finite and the wire's double exact; the lower one of a percentage
/// leaves a billionth of a fortune.
inline constexpr double kMaxSigma = 10;
inline constexpr double kMinPercent = -99.9999999;
inline constexpr double kMaxPercent = 1e6;

/// The daily multiplier (contract, section 4): log-normal with mean 1, clamped; a pure function of key, user and day,
/// the same to the last digit on every processor and compiler.
class DailyMultiplier {
 public:
  /// `key` is 32 bytes. Throws std::invalid_argument for settings out of the limits above, or whose least percentage
  /// is over the largest.
  DailyMultiplier(std::string_view key, const MultiplierSettings& settings);

  /// One thread at a time; give each its own copy, which is cheap.
  Multiplier of(UserId user, time::Day day);

 private:
  security::HmacSha256 hmac_;
  double sigma_;
  std::int64_t lowest_;  // billionths
  std::int64_t highest_;
};

/// `round(exp(−σ²/2 + σZ) · 10^9)`, half up, clamped to [lowest, highest] billionths; `Z` from the first 16 bytes of
/// the digest (contract, steps 2 and 3).
std::int64_t billionths_of(const security::Digest& digest, double sigma, std::int64_t lowest, std::int64_t highest);

}  // namespace dontgoback::extension
