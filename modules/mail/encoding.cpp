#include "encoding.hpp"

#include <algorithm>

#include "dontgoback/security/crypto/base64.hpp"
#include "dontgoback/text/utf8.hpp"

namespace dontgoback::mail {
namespace {

constexpr std::size_t kMaxLine = 76;  // RFC 2047 section 2 and RFC 2045 section 6.8 alike
constexpr std::size_t kMaxWord = 75;
constexpr std::string_view kOpen = "=?UTF-8?B?";
constexpr std::string_view kOpenQ = "=?UTF-8?Q?";
constexpr std::string_view kClose = "?=";

/// How many bytes a word of so many characters can hold.
constexpr std::size_t capacity(std::size_t characters) {
  return (std::min(characters, kMaxWord) - kOpen.size() - kClose.size()) / 4 * 3;
}

/// As many of the text's bytes as fit, in whole characters, and in whole groups of base64 unless it is all of the text:
/// GMime reads words that follow each other as one, and no further than to the first padding.
std::size_t length_of_word(std::string_view text, std::size_t bytes) {
  std::size_t end = 0;
  std::size_t whole = 0;
  while (end < text.size()) {
    end += text::sequence_length(text.substr(end));
    if (end > bytes) return whole;
    if (end % 3 == 0) whole = end;
  }
  return end;
}

std::string quoted(std::string_view character) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string text;
  for (const unsigned char byte : character) {
    text += '=';
    text += kDigits[byte / 16];
    text += kDigits[byte % 16];
  }
  return text;
}

}  // namespace

std::string encoded_words(std::string_view text, std::size_t taken) {
  std::string words;
  auto left = kMaxLine - taken;
  while (!text.empty()) {
    if (!words.empty()) words.append(kLineEnd) += ' ';
    auto length = length_of_word(text, capacity(left));
    if (length > 0) {
      words.append(kOpen).append(security::base64_encode(text.substr(0, length)));
    } else {  // a character after which base64 can begin anew
      length = text::sequence_length(text);
      words.append(kOpenQ).append(quoted(text.substr(0, length)));
    }
    words.append(kClose);
    text.remove_prefix(length);
    left = kMaxLine - 1;
  }
  return words;
}

std::string encoded_body(std::string_view text) {
  std::string lines;
  lines.reserve(text.size());
  for (const char c : text) {
    if (c == '\n') lines += '\r';
    lines += c;
  }
  const auto encoded = security::base64_encode(lines);
  std::string body;
  body.reserve(encoded.size() + encoded.size() / kMaxLine * 2 + 2);
  for (std::size_t i = 0; i < encoded.size(); i += kMaxLine) {
    body.append(encoded, i, kMaxLine).append(kLineEnd);
  }
  return body;
}

}  // namespace dontgoback::mail
