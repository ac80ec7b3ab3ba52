#include "mail/encoding.hpp"

#include <catch2/catch.hpp>
#include <vector>

#include "dontgoback/security/crypto/base64.hpp"
#include "dontgoback/text/utf8.hpp"

using namespace dontgoback;

namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = text.find("\r\n", at);
    lines.push_back(text.substr(at, end == std::string::npos ? end : end - at));
    at = end == std::string::npos ? text.size() : end + 2;
  }
  return lines;
}

std::string unquoted(std::string_view text) {
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); i += 3) {
    REQUIRE(text[i] == '=');
    bytes += static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16));
  }
  return bytes;
}

/// What the words say, put together as RFC 2047 section 6.2 has it.
std::string decoded(const std::string& words, std::size_t taken) {
  std::string text;
  std::size_t used = taken;
  bool padded = false;
  for (auto line : lines_of(words)) {
    CHECK(used + line.size() <= 76);
    if (line.front() == ' ') line.erase(0, 1);
    CHECK(line.size() <= 75);
    REQUIRE(line.ends_with("?="));
    const bool in_base64 = line.starts_with("=?UTF-8?B?");
    REQUIRE((in_base64 || line.starts_with("=?UTF-8?Q?")));
    const auto inside = line.substr(10, line.size() - 12);
    const auto part = in_base64 ? security::base64_decode(inside) : unquoted(inside);
    REQUIRE(part);
    CHECK((!padded || !in_base64));  // GMime reads what follows padding no more
    padded = inside.ends_with('=');
    CHECK_FALSE(part->empty());
    CHECK(text::is_utf8(*part));  // no character is split
    text += *part;
    used = 0;
  }
  return text;
}

}  // namespace

TEST_CASE("encoded words are short, split between characters, and say the text", "[mail]") {
  for (const std::string character : {"a", "\xC3\xA9", "\xEA\xB0\x80", "\xF0\x9F\x98\x80"}) {
    for (const std::string before : {"", "x", "xx", "xxx", "\xC3\xA9", "\xF0\x9F\x98\x80"}) {
      std::string text = before;
      while (text.size() < 200) {
        text += character;
        for (const std::size_t taken : {6, 9, 20}) CHECK(decoded(mail::encoded_words(text, taken), taken) == text);
      }
    }
  }
}

TEST_CASE("a body is CRLF lines in base64 of 76 columns", "[mail]") {
  CHECK(mail::encoded_body("") == "");
  CHECK(mail::encoded_body("a\nb") == "YQ0KYg==\r\n");
  for (std::size_t size = 1; size < 300; ++size) {
    const auto body = mail::encoded_body(std::string(size, 'x'));
    CHECK(body.ends_with("\r\n"));
    std::string whole;
    for (const auto& line : lines_of(body)) {
      CHECK(line.size() <= 76);
      CHECK_FALSE(line.empty());
      whole += line;
    }
    CHECK(security::base64_decode(whole) == std::string(size, 'x'));
  }
}
