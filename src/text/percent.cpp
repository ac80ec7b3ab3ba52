#include "dontgoback/text/percent.hpp"

#include "dontgoback/text/ascii.hpp"

namespace dontgoback::text {
namespace {

int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  const char letter = lower(c);
  return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

/// The byte of the escape at the front; -1 when it is none.
int escaped_byte(std::string_view text) {
  if (text.size() < 3) return -1;
  const int high = hex_value(text[1]);
  const int low = hex_value(text[2]);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

/// Calls `plain(char)` and `escaped(byte)` in order. False: an escape that is none.
template <class Plain, class Escaped>
bool each_byte(std::string_view text, Plain plain, Escaped escaped) {
  while (!text.empty()) {
    if (text.front() != '%') {
      plain(text.front());
      text.remove_prefix(1);
      continue;
    }
    const int byte = escaped_byte(text);
    if (byte < 0) return false;
    escaped(static_cast<char>(byte));
    text.remove_prefix(3);
  }
  return true;
}

constexpr std::string_view kDigits = "0123456789ABCDEF";

void append_escaped(std::string& to, char c) {
  const auto byte = static_cast<unsigned char>(c);
  to.append({'%', kDigits[byte >> 4U], kDigits[byte & 0x0FU]});
}

bool is_unreserved(char c) { return is_digit(c) || is_letter(c) || c == '-' || c == '.' || c == '_' || c == '~'; }

}  // namespace

std::optional<std::string> percent_decoded(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  const auto keep = [&result](char c) { result.push_back(c); };
  return each_byte(text, keep, keep) ? std::optional(std::move(result)) : std::nullopt;
}

std::optional<std::string> form_decoded(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  const auto plain = [&result](char c) { result.push_back(c == '+' ? ' ' : c); };
  const auto escaped = [&result](char c) { result.push_back(c); };
  return each_byte(text, plain, escaped) ? std::optional(std::move(result)) : std::nullopt;
}

std::string percent_encoded(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (const char c : text) {
    if (is_unreserved(c)) {
      result.push_back(c);
    } else {
      append_escaped(result, c);
    }
  }
  return result;
}

std::optional<std::string> percent_normalized(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  const auto plain = [&result](char c) { result.push_back(c); };
  const auto escaped = [&result](char c) {
    if (is_unreserved(c)) return result.push_back(c);
    append_escaped(result, c);
  };
  return each_byte(text, plain, escaped) ? std::optional(std::move(result)) : std::nullopt;
}

}  // namespace dontgoback::text
