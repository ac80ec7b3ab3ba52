#pragma once

#include <string>
#include <string_view>

// Letters of protocols: ASCII alone, whatever the locale. Those of <cctype> may know more.
namespace dontgoback::text {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
constexpr bool is_letter(char c) { return lower(c) >= 'a' && lower(c) <= 'z'; }
/// Neither a blank nor a control character.
constexpr bool is_visible(char c) { return c > ' ' && c < 0x7F; }

std::string lower(std::string_view text);

/// Whether both are the same but for their case.
bool same_ignoring_case(std::string_view a, std::string_view b);

/// Whether the text begins with the word, whatever the case of either.
bool starts_ignoring_case(std::string_view text, std::string_view word);

}  // namespace dontgoback::text
