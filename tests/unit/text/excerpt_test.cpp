#include "dontgoback/text/excerpt.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "dontgoback/text/utf8.hpp"

using namespace dontgoback::text;

TEST_CASE("an excerpt is one line that ends between two characters") {
  const std::string family = "👨‍👩‍👧", accented = "e\u0301", flag = "🇰🇷", jamo = "\u1112\u1161\u11AB";
  CHECK(excerpt("", 3).empty());
  CHECK(excerpt("가나다", 3) == "가나다");
  CHECK(excerpt("가나다라", 3) == "가나다…");
  CHECK(excerpt("  가\r\n\n\t나\u3000다 ", 5) == "가 나 다");
  CHECK(excerpt("가나 다", 2) == "가나…");
  CHECK(excerpt("가나 다", 3) == "가나…");
  for (const auto& one : {family, accented, flag, jamo}) {
    CHECK(excerpt(one + one + one, 2) == one + one + "…");
    CHECK(excerpt(one + one, 2) == one + one);
  }
  CHECK(excerpt("\u202E거꾸로\u202C\u2066\x01\x7F!", 9) == "거꾸로!");
}

TEST_CASE("a character that never ends is cut, and so is whatever takes too much") {
  std::string tall = "e";
  for (int i = 0; i < 50'000; ++i) tall += "\u0301";
  const auto short_one = excerpt(tall, 10);
  CHECK(code_points(short_one) == 16);
  CHECK(is_utf8(short_one));
  CHECK(excerpt(std::string(100'000, 'x'), 200) == std::string(200, 'x') + "…");
}

TEST_CASE("markup is text, and nothing stands in it that XML has no place for") {
  CHECK(escaped_for_markup("<a href=\"x\">'&amp;") == "&lt;a href=&quot;x&quot;&gt;&#39;&amp;amp;");
  CHECK(escaped_for_markup("a\x01\x0B"
                           "b\t\n\uFFFE\uFFFF\U0001F600") == "ab\t\n\U0001F600");
}
