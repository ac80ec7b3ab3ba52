#pragma once

#include <cstdint>

namespace dontgoback::http {

/// The kinds of things that somebody does not want to be told of: none at first. The number is a column's, a bit for
/// each kind by its number.
template <class Kind>
struct MutedKinds {
  std::int64_t bits = 0;

  constexpr bool has(Kind kind) const { return (bits & bit(kind)) != 0; }
  constexpr void set(Kind kind, bool muted) { bits = muted ? bits | bit(kind) : bits & ~bit(kind); }

  friend bool operator==(MutedKinds, MutedKinds) = default;

 private:
  static constexpr std::int64_t bit(Kind kind) { return std::int64_t{1} << static_cast<int>(kind); }
};

}  // namespace dontgoback::http
