#pragma once

#include <algorithm>
#include <array>
#include <string_view>

#include "dontgoback/text/ascii.hpp"

// The classes of bytes that RFC 9110 and RFC 3986 build messages of, as tables: heads are read at every request.
namespace dontgoback::http::grammar {

using Bytes = std::array<bool, 256>;

constexpr Bytes letters_and_digits(std::string_view and_these) {
  Bytes bytes{};
  for (int c = 0; c < 128; ++c)
    bytes[c] = text::is_letter(static_cast<char>(c)) || text::is_digit(static_cast<char>(c));
  for (const char c : and_these) bytes[static_cast<unsigned char>(c)] = true;
  return bytes;
}

/// `tchar` of RFC 9110 section 5.6.2: names of fields, methods, extensions.
inline constexpr Bytes kToken = letters_and_digits("!#$%&'*+-.^_`|~");
/// What a line may hold: `field-vchar`, blank and tab (RFC 9110 section 5.5).
inline constexpr Bytes kText = [] {
  Bytes bytes{};
  for (int c = 0; c < 256; ++c) bytes[c] = (c >= ' ' && c != 0x7F) || c == '\t';
  return bytes;
}();
/// `reg-name` of RFC 3986 section 3.2.2 but for percent escapes, here and below.
inline constexpr Bytes kRegName = letters_and_digits("-._~!$&'()*+,;=");
/// `pchar` and `/` of section 3.3.
inline constexpr Bytes kPath = letters_and_digits("-._~!$&'()*+,;=:@/");

constexpr bool in(const Bytes& bytes, char c) { return bytes[static_cast<unsigned char>(c)]; }

inline bool all_in(const Bytes& bytes, std::string_view text) {
  return std::all_of(text.begin(), text.end(), [&bytes](char c) { return in(bytes, c); });
}

inline bool is_token(std::string_view text) { return !text.empty() && all_in(kToken, text); }

/// The value of a hexadecimal digit, or -1.
constexpr int hex_value(char c) {
  if (text::is_digit(c)) return c - '0';
  const char low = text::lower(c);
  return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

}  // namespace dontgoback::http::grammar
