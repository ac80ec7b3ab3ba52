#include "dontgoback/text/ascii.hpp"

#include <algorithm>

namespace dontgoback::text {

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), [](char c) { return lower(c); });
  return result;
}

bool same_ignoring_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

bool starts_ignoring_case(std::string_view text, std::string_view word) {
  return same_ignoring_case(text.substr(0, word.size()), word);
}

}  // namespace dontgoback::text
