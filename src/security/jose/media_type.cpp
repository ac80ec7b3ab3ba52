#include "dontgoback/security/jose/media_type.hpp"

#include <algorithm>

namespace dontgoback::security {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace

bool is_media_type(std::string_view typ, std::string_view expected) {
  static constexpr std::string_view kPrefix = "application/";
  if (equal_ignoring_case(typ.substr(0, kPrefix.size()), kPrefix)) typ.remove_prefix(kPrefix.size());
  return equal_ignoring_case(typ, expected);
}

}  // namespace dontgoback::security
