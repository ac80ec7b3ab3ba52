#include "dontgoback/text/searchable.hpp"

#include <catch2/catch.hpp>
#include <string>

using dontgoback::text::searchable;

TEST_CASE("words are searched composed, folded and without what stands between them") {
  const std::pair<std::string_view, std::string_view> table[] = {
      {"", ""},
      {" \t\n", ""},
      {"...!?~", "~"},
      {"'‘“”—…「」·・。", ""},
      {"Hello, WORLD!", "hello world"},
      {"사과나무, 아래서.", "사과나무 아래서"},
      {"\u1109\u1161\u1100\u116a", "사과"},
      {"Straße STRASSE", "strasse strasse"},
      {"ÉCOLE e\u0301cole", "école école"},
      {"Σίσυφος ΣΊΣΥΦΟΣ", "σίσυφοσ σίσυφοσ"},
      {"ﬁn FIN", "fin fin"},
      {"\u212aelvin", "kelvin"},
      {"#돈 @me snake_case a-b", "돈 me snake case a b"},
      {"C++ 10$ 5₩", "c++ 10$ 5₩"},
      {"🍎사과 ❤\ufe0f좋아", "🍎사과 ❤ 좋아"},
      {"나\u200b무", "나 무"},
      {"ㅋㅋㅋ", "ㅋㅋㅋ"},
      {"ＡＢＣ", "ａｂｃ"},
      {std::string_view("a\0b", 3), "a b"},
  };
  for (const auto& [text, words] : table) {
    CAPTURE(std::string(text));
    CHECK(searchable(text) == words);
    CHECK(searchable(words) == words);
  }
}
