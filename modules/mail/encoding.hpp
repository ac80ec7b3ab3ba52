#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace dontgoback::mail {

inline constexpr std::string_view kLineEnd = "\r\n";

/// A header field's value in encoded words (RFC 2047): each at most 75 characters, none splits a character, and no line
/// is longer than 76, of which the first has `taken` already, and only the last may end with padding. The text is
/// well-formed UTF-8 without control characters.
std::string encoded_words(std::string_view text, std::size_t taken);

/// A text whose lines end with LF as a body: lines end with CRLF, in base64 of 76 columns at most (RFC 2045 section
/// 6.8). It ends with a line end unless it is empty.
std::string encoded_body(std::string_view text);

}  // namespace dontgoback::mail
