#pragma once

#include <compare>
#include <cstdint>

#include "dontgoback/json/form.hpp"
#include "dontgoback/storage/stored.hpp"

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

template <>
struct storage::Stored<Won> {
  using Column = std::int64_t;
  static std::int64_t to_column(Won won) { return won.value; }
  static Won from_column(std::int64_t number) { return {number}; }
};
template <>
struct storage::Stored<Multiplier> {
  using Column = std::int64_t;
  static std::int64_t to_column(Multiplier multiplier) { return multiplier.billionths; }
  static Multiplier from_column(std::int64_t number) { return {number}; }
};

template <>
struct json::Form<Won> {
  static void write(auto& writer, Won won) { writer.value(won.value); }
};
/// As a decimal with nine places: 1.012345678.
template <>
struct json::Form<Multiplier> {
  static void write(auto& writer, Multiplier multiplier) { writer.decimal(multiplier.billionths, 9); }
};

}  // namespace dontgoback
