#include "dontgoback/text/searchable.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <array>

#include "dontgoback/text/nfc.hpp"
#include "dontgoback/text/utf8.hpp"

namespace dontgoback::text {
namespace {

/// Told without the library's tables: most texts here are of these and of ASCII.
bool is_hangul(char32_t c) { return c >= 0xAC00 && c <= 0xD7A3; }

bool is_variation_selector(char32_t c) { return (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF); }

bool separates(char32_t c) {
  switch (utf8proc_category(static_cast<utf8proc_int32_t>(c))) {
    case UTF8PROC_CATEGORY_PC:
    case UTF8PROC_CATEGORY_PD:
    case UTF8PROC_CATEGORY_PS:
    case UTF8PROC_CATEGORY_PE:
    case UTF8PROC_CATEGORY_PI:
    case UTF8PROC_CATEGORY_PF:
    case UTF8PROC_CATEGORY_PO:
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
      return true;
    default:
      return is_variation_selector(c);
  }
}

void append(std::string& text, utf8proc_int32_t c) {
  std::array<utf8proc_uint8_t, 4> bytes{};
  const auto length = utf8proc_encode_char(c, bytes.data());
  text.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(length));
}

void append_folded(std::string& text, char32_t c) {
  // The longest folding is three code points.
  std::array<utf8proc_int32_t, 4> folded{};
  int boundary = 0;
  const auto count = utf8proc_decompose_char(static_cast<utf8proc_int32_t>(c), folded.data(), folded.size(),
                                             UTF8PROC_CASEFOLD, &boundary);
  const auto end = folded.begin() + std::clamp<utf8proc_ssize_t>(count, 0, folded.size());
  for (auto each = folded.begin(); each != end; ++each) append(text, *each);
}

}  // namespace

std::string searchable(std::string_view utf8) {
  const auto composed = nfc(utf8);
  std::string words;
  words.reserve(composed.size());
  bool between = false;
  bool is_plain = true;
  for (std::string_view rest = composed; !rest.empty();) {
    const auto before = rest;
    const char32_t c = take_code_point(rest);
    const bool plain = c < 0x80 || is_hangul(c);
    if (c < 0x80 ? !((c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z')) && separates(c)
                 : !plain && separates(c)) {
      between = true;
      continue;
    }
    if (between && !words.empty()) words += ' ';
    between = false;
    if (c >= 'A' && c <= 'Z') {
      words += static_cast<char>(c | 0x20);
    } else if (plain) {
      words.append(before.substr(0, before.size() - rest.size()));
    } else {
      append_folded(words, c);
      is_plain = false;
    }
  }
  return is_plain ? words : nfc(words);  // folding can take a composed letter apart
}

}  // namespace dontgoback::text
