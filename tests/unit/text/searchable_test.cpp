#include "dontgoback/text/searchable.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "dontgoback/text/utf8.hpp"

using namespace dontgoback::text;

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

TEST_CASE("letters of plain texts are those of the words that are searched") {
  const auto letters_of = [](std::string_view text) {
    std::u32string letters;
    // One blank between two words, as `searchable` has it.
    const bool is_plain = each_plain_letter(text, [&letters](char32_t c) {
      if (c != U' ' || (!letters.empty() && letters.back() != U' ')) letters += c;
    });
    if (letters.ends_with(U' ')) letters.pop_back();
    return std::pair(is_plain, letters);
  };
  const auto read = [](std::string text) {
    std::u32string letters;
    for (std::string_view rest = text; !rest.empty();) letters += take_code_point(rest);
    return letters;
  };
  for (int c = 0; c < 0x80; ++c) {
    for (const std::string& text :
         {std::string(1, static_cast<char>(c)), "가" + std::string(1, static_cast<char>(c)) + "나",
          std::string(2, static_cast<char>(c)) + "a"}) {
      INFO(c);
      CHECK(letters_of(text) == std::pair(true, read(searchable(text))));
    }
  }
  CHECK(letters_of("  오늘, 번 Money로 (A+B) 살았다!! ") ==
        std::pair(true, read(searchable("오늘 번 money로 a+b 살았다"))));
  for (const auto* other : {"é", "나\u1112\u1161", "😀", "ﬁ", "오늘…"}) CHECK_FALSE(letters_of(other).first);
}
