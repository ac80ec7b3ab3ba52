#include "encoding.hpp"

#include <algorithm>

#include "dontgoback/security/crypto/base64.hpp"
#include "dontgoback/text/utf8.hpp"

namespace dontgoback::mail {
namespace {

constexpr std::size_t kMaxLine = 76;  // RFC 2047 section 2 and RFC 2045 section 6.8 alike
constexpr std::size_t kMaxWord = 75;
constexpr std::string_view kOpen = "=?UTF-8?B?";
constexpr std::string_view kClose = "?=";

/// How many bytes a word of so many characters can hold.
constexpr std::size_t capacity(std::size_t characters) {
  return (std::min(characters, kMaxWord) - kOpen.size() - kClose.size()) / 4 * 3;
}

/// As many whole characters of the text as fit, taken off it.
std::string_view take_characters(std::string_view& text, std::size_t bytes) {
  std::size_t end = 0;
  while (end < text.size()) {
    const auto length = text::sequence_length(text.substr(end));
    if (end + length > bytes) break;
    end += length;
  }
  const auto taken = text.substr(0, end);
  text.remove_prefix(end);
  return taken;
}

}  // namespace

std::string encoded_words(std::string_view text, std::size_t taken) {
  std::string words;
  auto left = kMaxLine - taken;
  while (!text.empty()) {
    if (!words.empty()) words.append(kLineEnd) += ' ';
    words.append(kOpen).append(security::base64_encode(take_characters(text, capacity(left)))).append(kClose);
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
