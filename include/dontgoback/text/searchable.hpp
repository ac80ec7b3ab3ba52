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

/// ASCII as it is searched: lower case, and a blank for what separates words.
inline constexpr auto kAsciiSearched = [] {
  std::array<unsigned char, 0x80> searched{};
  for (unsigned char c = 0; c < 0x80; ++c) {
    searched[c] = kAsciiSeparates[c] ? ' ' : static_cast<unsigned char>(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
  }
  return searched;
}();

/// Calls `letter(c)` for each code point of well-formed UTF-8 as `searchable` has it without making that, which is much
/// faster; but with a blank for each character that separates words, also at the ends. False, perhaps after some of
/// them, for a text that is not of ASCII and Hangul syllables alone.
template <class F>
bool each_plain_letter(std::string_view utf8, F&& letter) {
  const char* at = utf8.data();
  const char* const end = at + utf8.size();
  const auto byte = [&at](int i) { return static_cast<unsigned char>(at[i]); };
  while (at != end) {
    char32_t c = byte(0);
    if (c < 0x80) {
      c = kAsciiSearched[c];
      at += 1;
    } else {
      if (c < 0xEA || c > 0xED) return false;  // of three bytes, as all Hangul
      c = ((c & 0xFU) << 12) | ((byte(1) & 0x3FU) << 6) | (byte(2) & 0x3FU);
      if (c < 0xAC00 || c > 0xD7A3) return false;
      at += 3;
    }
    letter(c);
  }
  return true;
}

}  // namespace dontgoback::text
