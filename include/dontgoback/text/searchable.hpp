#pragma once

#include <array>
#include <string>
#include <string_view>

namespace dontgoback::text {

/// The words of well-formed UTF-8 as they are searched: in Normalization Form C, case folded (Unicode Standard, section
/// 3.13, full folding: `Straße` is `strasse`), a blank between two words and none at the ends. What separates words is
/// punctuation, separators, control and format characters and variation selectors; letters, marks, numbers and symbols
/// (emoji among them) are parts of words. Text and query made so, a word is found by its bytes. Bound the length first,
/// as for `nfc`.
std::string searchable(std::string_view utf8);

/// Whether an ASCII character separates words: all but letters, digits and symbols.
inline constexpr auto kAsciiSeparates = [] {
  std::array<bool, 0x80> separates{};
  separates.fill(true);
  for (const char c : std::string_view("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ$+<=>^`|~")) {
    separates[static_cast<std::size_t>(c)] = false;
  }
  return separates;
}();

/// Calls `letter(c)` for each code point of `searchable(utf8)` without making it, which is much faster. False, perhaps
/// after some of them, for a text that is not of ASCII and Hangul syllables alone.
template <class F>
bool each_plain_letter(std::string_view utf8, F&& letter) {
  bool between = false;
  bool any = false;
  while (!utf8.empty()) {
    char32_t c = static_cast<unsigned char>(utf8.front());
    if (c < 0x80) {
      utf8.remove_prefix(1);
      if (kAsciiSeparates[c]) {
        between = true;
        continue;
      }
      if (c >= 'A' && c <= 'Z') c |= 0x20;
    } else {
      if (c < 0xEA || c > 0xED) return false;  // of three bytes, as all Hangul
      const auto more = [&utf8](std::size_t i) { return static_cast<unsigned char>(utf8[i]) & 0x3FU; };
      c = ((c & 0xFU) << 12) | (more(1) << 6) | more(2);
      if (c < 0xAC00 || c > 0xD7A3) return false;
      utf8.remove_prefix(3);
    }
    if (between && any) letter(U' ');
    between = false;
    any = true;
    letter(c);
  }
  return true;
}

}  // namespace dontgoback::text
