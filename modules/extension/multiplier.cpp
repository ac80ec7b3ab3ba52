#include "multiplier.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numbers>
#include <stdexcept>

#include "exact.hpp"

namespace dontgoback::extension {

namespace {

constexpr double kBillion = 1e9;

std::int64_t bound(double percent) { return std::llround((100 + percent) * 1e7); }

void check(const MultiplierSettings& settings) {
  const bool is_fine = settings.sigma >= 0 && settings.sigma <= kMaxSigma && settings.min_percent >= kMinPercent &&
                       settings.max_percent >= settings.min_percent && settings.max_percent <= kMaxPercent;
  if (!is_fine) throw std::invalid_argument("the multiplier's settings are out of their limits");  // as NaN is
}

std::uint64_t upper_53_bits(const std::uint8_t* bytes) {
  std::uint64_t value = 0;
  for (int i = 0; i < 8; ++i) value = value << 8 | bytes[i];
  return value >> 11;
}

/// ln((n + ½) · 2^−53). Above ½ the sum has more bits than a double, but its distance from 1 has not.
double log_of_unit(std::uint64_t n) {
  constexpr std::uint64_t kOne = std::uint64_t{1} << 53;
  if (n < kOne / 2) return std::log(std::ldexp(static_cast<double>(n) + 0.5, -53));
  return std::log1p(-std::ldexp(static_cast<double>(kOne - 1 - n) + 0.5, -53));
}

}  // namespace

std::int64_t billionths_of(const security::Digest& digest, double sigma, std::int64_t lowest, std::int64_t highest) {
  const std::uint64_t n1 = upper_53_bits(digest.data());
  const std::uint64_t n2 = upper_53_bits(digest.data() + 8);
  const double angle = 2 * std::numbers::pi * std::ldexp(static_cast<double>(n2) + 0.5, -53);
  const double z = std::sqrt(-2 * log_of_unit(n1)) * std::cos(angle);
  const double scaled = std::exp(sigma * z - sigma * sigma / 2) * kBillion;

  // Double is right to a few units of its last place, more where the exponent is large. The contract's 10^-4 covers
  // that for every customary sigma; the second term does for the others.
  const double doubt = std::max(1e-4, scaled * (1 + 20 * sigma + sigma * sigma) * 1e-15);
  if (scaled + doubt < static_cast<double>(lowest)) return lowest;
  if (scaled - doubt > static_cast<double>(highest)) return highest;
  const double to_tie = std::abs(scaled - std::floor(scaled) - 0.5);
  const std::int64_t rounded =
      to_tie <= doubt ? exact_billionths(n1, n2, sigma) : static_cast<std::int64_t>(std::floor(scaled + 0.5));
  return std::clamp(rounded, lowest, highest);
}

DailyMultiplier::DailyMultiplier(std::string_view key, const MultiplierSettings& settings)
    : hmac_(key),
      sigma_((check(settings), settings.sigma)),
      lowest_(bound(settings.min_percent)),
      highest_(bound(settings.max_percent)) {}

Multiplier DailyMultiplier::of(UserId user, time::Day day) {
  constexpr std::string_view kPurpose = "asset-multiplier/1|";
  char message[kPurpose.size() + 20 + 1 + 16];
  char* end = std::copy(kPurpose.begin(), kPurpose.end(), message);
  end = std::to_chars(end, std::end(message), user.value).ptr;
  *end++ = '|';
  const std::string date = time::to_string(day);
  end = std::copy(date.begin(), date.end(), end);
  return {billionths_of(hmac_({message, static_cast<std::size_t>(end - message)}), sigma_, lowest_, highest_)};
}

}  // namespace dontgoback::extension
