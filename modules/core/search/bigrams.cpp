#include "bigrams.hpp"

#include <algorithm>

#include "dontgoback/text/utf8.hpp"

namespace dontgoback::core::search {
namespace {

constexpr int kLetterBits = 16;

/// Never 0. Emoji come to lie among letters for private use.
Bigram bits_of(char32_t letter) {
  const auto bits = (letter ^ (letter >> kLetterBits)) & ((1U << kLetterBits) - 1);
  return bits == 0 ? 1 : bits;
}

}  // namespace

std::vector<Bigram> bigrams_of(std::string_view words) {
  std::vector<Bigram> found;
  char32_t before = U' ';
  while (!words.empty()) {
    const char32_t c = text::take_code_point(words);
    if (before != U' ' && c != U' ') {
      found.push_back((bits_of(before) << kLetterBits) | bits_of(c));
    }
    before = c;
  }
  std::ranges::sort(found);
  const auto twice = std::ranges::unique(found);
  found.erase(twice.begin(), twice.end());
  return found;
}

}  // namespace dontgoback::core::search
