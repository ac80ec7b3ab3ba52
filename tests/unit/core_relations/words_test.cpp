#include "core/relations/words.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

#include "dontgoback/text/nfc.hpp"
#include "dontgoback/text/searchable.hpp"

using namespace dontgoback;
using namespace dontgoback::core::relations;

namespace {

using Words = std::vector<std::string>;

std::string repeated(std::string_view letter, std::size_t times) {
  std::string word;
  for (std::size_t i = 0; i < times; ++i) word += letter;
  return word;
}

/// A filter of words as somebody sent them.
WordFilter filter(const Words& sent) {
  std::string column;
  const auto words = read_words(sent).value();
  for (const auto& word : words.folded) column += (column.empty() ? "" : "\n") + word;
  return WordFilter(column);
}

std::string some_of(std::mt19937& random, const std::vector<std::string>& letters, std::size_t most) {
  std::string text;
  for (auto left = random() % (most + 1); left > 0; --left) text += letters[random() % letters.size()];
  return text;
}

}  // namespace

TEST_CASE("Words are kept as they were written, and looked for as texts are searched; each once") {
  const auto words =
      read_words({"나무", "  Straße 47!", "STRASSE-47", "나무", "\u1102\u1161\u1106\u116e", "나  무"}).value();
  CHECK(words.written == Words{"나무", "  Straße 47!", "나  무"});
  CHECK(words.folded == Words{"나무", "strasse 47", "나 무"});
  const auto none = read_words({}).value();
  CHECK(none.written.empty());
  CHECK(none.folded.empty());
}

TEST_CASE("What is written in a word is one line of the column, composed") {
  const auto words = read_words({"a\nb\r\n\tc", "e\u0301"}).value();
  CHECK(words.written == Words{"a b   c", "é"});
  CHECK(words.folded == Words{"a b c", "é"});
  for (char c = 1; c < ' '; ++c) {
    const auto one = read_words({std::string("x") + c + "y"}).value();
    CHECK(one.written.front() == "x y");
    CHECK(one.folded.front().find('\n') == std::string::npos);
  }
  CHECK(read_words({std::string("x\0y", 3)}).value().written.front() == "x y");
}

TEST_CASE("Lists and words have bounds: of what is written, however it is composed") {
  Words many;
  for (std::size_t i = 0; i < kMostWords; ++i) many.push_back("w" + std::to_string(i));
  CHECK(read_words(many).value().folded.size() == kMostWords);
  many.push_back("w0");  // too many are refused, not counted out
  CHECK(read_words(many).failure().message.en.find("100") != std::string_view::npos);

  for (const auto* letter : {"x", "나", "😀", "\u1102\u1161", "a\u0323\u0302"}) {  // the last two compose to one
    CAPTURE(letter);
    CHECK(read_words({repeated(letter, kLongestWord)}).has_value());
    CHECK_FALSE(read_words({repeated(letter, kLongestWord + 1)}).has_value());
  }
  CHECK(read_words({repeated("ß", kLongestWord)}).value().folded.front() == repeated("ss", kLongestWord));
  // Long before it is composed: that costs more than the length.
  CHECK_FALSE(read_words({repeated("\u0301", 100'000)}).has_value());
}

TEST_CASE("A word that no text can have is none") {
  for (const auto* word : {"", " ", "...", "\n", "\u200b", "\ufe0f", "¡!"}) {
    CAPTURE(word);
    CHECK_FALSE(read_words({word}).has_value());
    CHECK_FALSE(read_words({"나무", word}).has_value());
  }
  for (const auto* word : {"+", "7", "😀", "ㅋ", "\u0301"}) {
    CAPTURE(word);
    CHECK(read_words({word}).has_value());
  }
}

TEST_CASE("Words are found in any case and form, and inside of words") {
  const auto words = filter({"나무", "Straße 47", "e\u0301"});
  CHECK_FALSE(words.empty());
  for (const auto* text :
       {"사과나무를 심었다", "\u1102\u1161\u1106\u116e", "STRASSE, 47a", "café", "cafe\u0301", "CAFÉ"}) {
    CAPTURE(text);
    CHECK(words.hides(text));
  }
  for (const auto* text : {"", "나 무", "나, 무", "47 strasse", "Strasse 4 7", "cafe", "..."}) {
    CAPTURE(text);
    CHECK_FALSE(words.hides(text));
  }
}

TEST_CASE("A filter of nothing hides nothing, whatever the column has") {
  for (const auto* column : {"", "\n", "\n\n\n"}) {
    const WordFilter words{std::string_view(column)};
    CHECK(words.empty());
    CHECK_FALSE(words.hides("나무"));
    CHECK_FALSE(words.hides(""));
  }
  const WordFilter gaps("\n나무\n\n집\n");
  CHECK(gaps.hides("나무"));
  CHECK(gaps.hides("집"));
  CHECK_FALSE(gaps.hides("길"));
  CHECK_FALSE(WordFilter().hides("나무"));
}

TEST_CASE("Words that are in a text are let through, and no others") {
  auto words = filter({"나무", "나무 집", "coin"});
  words.let_through(text::searchable("사과나무"));
  CHECK_FALSE(words.hides("나무"));
  CHECK(words.hides("나무, 집"));
  CHECK(words.hides("COIN"));
  words.let_through("");
  CHECK(words.hides("coin"));
  words.let_through("나무 집 coins");
  CHECK(words.empty());
}

TEST_CASE("A text is hidden for the words that are in it as it is searched, and for no others") {
  std::mt19937 random(7);  // NOLINT: the same texts each time
  const std::vector<std::string> plain{"가", "나", "다", "a", "A", "b", "1", "+", " ", ",", " - "};
  auto all = plain;
  for (const auto* other : {"é", "E\u0301", "\u1100\u1161", "…", "😀", "ﬁ", "ß"}) all.emplace_back(other);
  int hidden = 0;
  int shown = 0;
  for (int i = 0; i < 20'000; ++i) {
    const auto& letters = i % 2 == 0 ? plain : all;
    std::vector<std::string> words;
    std::string column;
    for (auto left = 1 + random() % 3; left > 0; --left) {
      auto word = text::searchable(some_of(random, letters, 4));
      if (word.empty()) continue;
      column.append(column.empty() ? "" : "\n").append(word);
      words.push_back(std::move(word));
    }
    const auto text = some_of(random, letters, 10);
    const auto searched = text::searchable(text);
    const bool expected =
        std::ranges::any_of(words, [&](const auto& word) { return searched.find(word) != std::string::npos; });
    INFO("'" << text << "' and " << column);
    REQUIRE(WordFilter(column).hides(text) == expected);
    ++(expected ? hidden : shown);
  }
  CHECK(hidden > 1000);
  CHECK(shown > 1000);
}
