#pragma once

#include <string>
#include <string_view>

#include "dontgoback/result.hpp"

// What walkers may call themselves. Pure; a fuzzer may call it.
namespace dontgoback::walk::walkers {

inline constexpr std::size_t kShortestNickname = 3;
inline constexpr std::size_t kLongestNickname = 50;  ///< code points

struct Nickname {
  std::string text;    ///< in Normalization Form C
  std::string folded;  ///< as it is looked for and unique
};

/// A nickname has 3 to 50 code points of Hangul or of Latin letters, not of both, so that none is made to look like
/// another; digits 0–9 and `_` go with either, and do not make one alone. invalid, saying which of it is wrong.
Result<Nickname> read_nickname(std::string_view utf8);

/// A nickname as it is looked for; what is none is found nowhere.
std::string folded_nickname(std::string_view utf8);

}  // namespace dontgoback::walk::walkers
