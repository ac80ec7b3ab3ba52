#include "bigrams.hpp"

#include <algorithm>

#include "dontgoback/text/utf8.hpp"

namespace dontgoback::core::search {
namespace {

constexpr int kCodePointBits = 21;

}  // namespace

std::vector<Bigram> bigrams_of(std::string_view words) {
  std::vector<Bigram> found;
  char32_t before = U' ';
  while (!words.empty()) {
    const char32_t c = text::take_code_point(words);
    if (before != U' ' && c != U' ') {
      found.push_back((static_cast<Bigram>(before) << kCodePointBits) | static_cast<Bigram>(c));
    }
    before = c;
  }
  std::ranges::sort(found);
  const auto twice = std::ranges::unique(found);
  found.erase(twice.begin(), twice.end());
  return found;
}

}  // namespace dontgoback::core::search
