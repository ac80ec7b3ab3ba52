#include "dontgoback/text/excerpt.hpp"

#include <utf8proc.h>

#include "dontgoback/text/utf8.hpp"

namespace dontgoback::text {
namespace {

constexpr std::size_t kLongestCharacter = 16;  // code points

bool is_blank(char32_t c) {
  return c == ' ' || (c >= 0x09 && c <= 0x0D) || c == 0x85 || c == 0xA0 || c == 0x2028 || c == 0x2029 || c == 0x3000;
}

bool is_left_out(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

bool fits_into_xml(char32_t c) {
  return c == 0x09 || c == 0x0A || c == 0x0D || (c >= 0x20 && c < 0xD800) || (c >= 0xE000 && c < 0xFFFE) ||
         c >= 0x10000;
}

}  // namespace

std::string excerpt(std::string_view utf8, std::size_t most) {
  std::string line;
  std::size_t characters = 0;
  std::size_t length = 0;  // of the last one
  char32_t before = 0;
  utf8proc_int32_t state = 0;
  bool blank = false;
  while (!utf8.empty()) {
    auto rest = utf8;
    const auto c = take_code_point(rest);
    const auto bytes = utf8.substr(0, utf8.size() - rest.size());
    utf8 = rest;
    if (is_blank(c)) {
      blank = !line.empty();
      continue;
    }
    if (is_left_out(c)) continue;
    const auto add = [&](char32_t next, std::string_view as) {
      const bool begins = before == 0 || utf8proc_grapheme_break_stateful(static_cast<utf8proc_int32_t>(before),
                                                                          static_cast<utf8proc_int32_t>(next), &state);
      before = next;
      if (begins && characters == most) return false;
      characters += begins ? 1 : 0;
      length = begins ? 1 : length + 1;
      if (length <= kLongestCharacter) line.append(as);
      return true;
    };
    if (blank && !add(' ', " ")) return line + "…";
    blank = false;
    if (!add(c, bytes)) {
      if (line.ends_with(' ')) line.pop_back();
      return line + "…";
    }
  }
  return line;
}

std::string escaped_for_markup(std::string_view utf8) {
  std::string out;
  out.reserve(utf8.size() + utf8.size() / 8);
  while (!utf8.empty()) {
    auto rest = utf8;
    const auto c = take_code_point(rest);
    const auto bytes = utf8.substr(0, utf8.size() - rest.size());
    utf8 = rest;
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        if (fits_into_xml(c)) out.append(bytes);
    }
  }
  return out;
}

}  // namespace dontgoback::text
