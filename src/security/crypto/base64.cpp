#include "dontgoback/security/crypto/base64.hpp"

#include <array>
#include <cstdint>

#include "dontgoback/security/crypto/hash.hpp"

namespace dontgoback::security {
namespace {

constexpr char kStandard[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr char kUrl[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

constexpr std::uint8_t kNone = 0xff;

constexpr std::array<std::uint8_t, 256> values_of(const char* alphabet) {
  std::array<std::uint8_t, 256> values{};
  values.fill(kNone);
  for (std::uint8_t i = 0; i < 64; ++i) values[static_cast<unsigned char>(alphabet[i])] = i;
  return values;
}

constexpr auto kStandardValues = values_of(kStandard);
constexpr auto kUrlValues = values_of(kUrl);

/// Without padding.
std::string encode(std::string_view bytes, const char* alphabet) {
  std::string text((bytes.size() * 4 + 2) / 3, '\0');
  char* to = text.data();
  std::uint32_t bits = 0;
  int held = 0;
  for (const char c : bytes) {
    bits = bits << 8 | static_cast<unsigned char>(c);
    for (held += 8; held >= 6;) *to++ = alphabet[bits >> (held -= 6) & 63];
  }
  if (held > 0) *to = alphabet[bits << (6 - held) & 63];
  return text;
}

/// Without padding. The last character's spare bits must be zero: else several texts would mean the same bytes.
std::optional<std::string> decode(std::string_view text, const std::array<std::uint8_t, 256>& values) {
  if (text.size() % 4 == 1) return std::nullopt;
  std::string bytes(text.size() * 3 / 4, '\0');
  char* to = bytes.data();
  const auto value_at = [&](std::size_t at) -> std::uint32_t { return values[static_cast<unsigned char>(text[at])]; };
  // Four characters are three bytes. No value but kNone has its highest bit.
  while (text.size() >= 4) {
    const auto a = value_at(0), b = value_at(1), c = value_at(2), d = value_at(3);
    if (((a | b | c | d) & 0x80) != 0) return std::nullopt;
    const auto quad = a << 18 | b << 12 | c << 6 | d;
    *to++ = static_cast<char>(quad >> 16);
    *to++ = static_cast<char>(quad >> 8 & 255);
    *to++ = static_cast<char>(quad & 255);
    text.remove_prefix(4);
  }
  std::uint32_t bits = 0;
  int held = 0;
  for (const char c : text) {
    const auto value = values[static_cast<unsigned char>(c)];
    if (value == kNone) return std::nullopt;
    bits = bits << 6 | value;
    held += 6;
    if (held >= 8) *to++ = static_cast<char>(bits >> (held -= 8) & 255);
  }
  if ((bits & ((1U << held) - 1)) != 0) return std::nullopt;
  return bytes;
}

}  // namespace

std::string base64url_encode(std::string_view bytes) { return encode(bytes, kUrl); }

std::optional<std::string> base64url_decode(std::string_view text) { return decode(text, kUrlValues); }

std::string base64_encode(std::string_view bytes) {
  auto text = encode(bytes, kStandard);
  text.append((4 - text.size() % 4) % 4, '=');
  return text;
}

std::optional<std::string> base64_decode(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  for (int padding = 0; padding < 2 && text.ends_with('='); ++padding) text.remove_suffix(1);
  return decode(text, kStandardValues);
}

}  // namespace dontgoback::security
