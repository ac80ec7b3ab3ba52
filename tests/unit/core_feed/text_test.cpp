#include "core/feed/text.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace dontgoback;
using namespace dontgoback::core::feed;

namespace {

std::string repeat(std::string_view piece, std::size_t n) {
  std::string text;
  for (std::size_t i = 0; i < n; ++i) text += piece;
  return text;
}

}  // namespace

TEST_CASE("a text is 1 to 600 code points, however many bytes they take") {
  for (const auto* piece : {"a", "é", "돈", "💸"}) {
    CAPTURE(piece);
    CHECK(check_text(piece));
    CHECK(check_text(repeat(piece, 600)));
    CHECK_FALSE(check_text(repeat(piece, 601)));
  }
  CHECK_FALSE(check_text(""));
}

TEST_CASE("line feeds and tabs are text, other control characters are refused") {
  CHECK(check_text("첫 줄\n\t둘째 줄"));
  for (const auto* text : {"a\x01", "a\rb", "a\x1b[31m", "a\x7f", "a\xC2\x85", "a\xC2\x9F"}) {
    CAPTURE(text);
    CHECK_FALSE(check_text(text));
  }
  CHECK_FALSE(check_text(std::string_view("a\0b", 3)));
}

TEST_CASE("what cannot be seen is blank") {
  for (const auto* unseen :
       {" ",      "\n",     "\t\n ",  "\u00A0", "\u00AD", "\u034F", "\u115F", "\u1160", "\u180E", "\u2003",    "\u200B",
        "\u200D", "\u202E", "\u2060", "\u2800", "\u3000", "\u3164", "\uFE0F", "\uFEFF", "\uFFA0", "\U000E0041"}) {
    CAPTURE(unseen);
    CHECK_FALSE(check_text(unseen));
    CHECK_FALSE(check_text(repeat(unseen, 5)));
    CHECK(check_text(std::string(unseen) + "돈" + unseen));
  }
  for (const auto* seen : {".", "ㅋ", "👍", "\u00A1", "\u2027", "\u3001", "\u4E00", "\uD7A3"}) {
    CAPTURE(seen);
    CHECK(check_text(seen));
  }
}
