#include "dontgoback/text/nfc.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "dontgoback/text/utf8.hpp"

using namespace dontgoback::text;

TEST_CASE("letters are composed, and what is composed stays") {
  const std::pair<std::string_view, std::string_view> table[] = {
      {"", ""},
      {"a돈 é\n", "a돈 é\n"},
      {"\u1112\u1161\u11ab\u1100\u1173\u11af", "한글"},
      {"\uac00\u11a8", "각"},
      {"e\u0301", "é"},
      {"a\u0315\u0300", "à\u0315"},
      {"q\u0307\u0323", "q\u0323\u0307"},
      {"\u212b", "Å"},
      {"\u0958", "\u0915\u093c"},
      {"ﬁ", "ﬁ"},
      {"\U0001D160", "\U0001D158\U0001D165\U0001D16E"},
      {"👨‍👩‍👧", "👨‍👩‍👧"},
  };
  for (const auto& [given, composed] : table) {
    CAPTURE(given);
    CHECK(nfc(given) == composed);
    CHECK(nfc(composed) == composed);
  }
}

TEST_CASE("a character of zero bytes' worth ends no text") {
  const std::string given("e\u0301\0e\u0301", 7);
  CHECK(nfc(given) == std::string("é\0é", 5));
}

TEST_CASE("Folded, two writings that people take for one are one") {
  CHECK(folded("Straße") == folded("STRASSE"));
  CHECK(folded("\u00c5ngstr\u00f6m") == folded("a\u030aNGSTRO\u0308M"));
  CHECK(folded("\u1112\u1161\u11ab_A1") == "한_a1");
  CHECK(folded("İ") == folded("i\u0307"));
  CHECK(folded("") == "");
  CHECK(folded("abc") != folded("abd"));
}
