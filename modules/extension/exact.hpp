#pragma once

#include <cstdint>

namespace dontgoback::extension {

/// What `billionths_of` computes before clamping, in 50 decimal digits: for the values that are too near a tie, or too
/// large, for double to decide. `n1` and `n2` are the 53-bit integers of the contract's `u = (n + ½) · 2^−53`. The
/// result must fit into 64 bits.
std::int64_t exact_billionths(std::uint64_t n1, std::uint64_t n2, double sigma);

}  // namespace dontgoback::extension
