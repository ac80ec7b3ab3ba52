#pragma once

#include <compare>
#include <cstdint>

namespace dontgoback {

/// An amount of Korean won. 0 … 2^53 − 1, so that JavaScript can hold it.
struct Won {
  std::int64_t value = 0;
  static constexpr std::int64_t kMax = (std::int64_t{1} << 53) - 1;
  friend auto operator<=>(Won, Won) = default;
};

/// A day's factor in billionths: 1 000 000 000 is "unchanged". Positive.
struct Multiplier {
  std::int64_t billionths = kOne;
  static constexpr std::int64_t kOne = 1'000'000'000;
  friend auto operator<=>(Multiplier, Multiplier) = default;
};

__extension__ using Wide = __int128;  // -Wpedantic knows no 128-bit integer of its own

/// `(original · m + 500 000 000) / 10^9` in 128-bit integers, clamped to 0 … Won::kMax
/// (contract, "The daily multiplier", step 4).
constexpr Won apply(Multiplier multiplier, Won original) {
  const Wide product = static_cast<Wide>(original.value) * multiplier.billionths;
  const Wide rounded = (product + Multiplier::kOne / 2) / Multiplier::kOne;
  if (rounded < 0) return Won{0};
  if (rounded > Won::kMax) return Won{Won::kMax};
  return Won{static_cast<std::int64_t>(rounded)};
}

}  // namespace dontgoback
