#pragma once

#include <string_view>
#include <vector>

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

struct SettingProblem {
  std::string_view option;  ///< `--daily-sigma`
  std::string_view what;    ///< `must be 0 to 10`
};
/// All that keeps the settings from working.
std::vector<SettingProblem> problems_of(const MultiplierSettings& settings);

/// The daily multiplier (contract, section 4): log-normal with mean 1, clamped; a pure function of key, user and day,
/// the same to the last digit on every processor and compiler.
class DailyMultiplier {
 public:
  /// `key` is 32 bytes. Throws std::invalid_argument, naming the option, for settings that cannot work.
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
