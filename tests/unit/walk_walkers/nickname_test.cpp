#include "walkers/nickname.hpp"

#include <catch2/catch.hpp>

using namespace dontgoback;
using namespace dontgoback::walk::walkers;

namespace {

std::string repeated(std::string_view what, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += what;
  return text;
}

}  // namespace

TEST_CASE("A nickname is of one script, with digits and _") {
  for (const auto* good : {"abc", "ABC_123", "하나둘", "하나_2", "ㅋㅋㅋ", "Żółw", "Việt_Nam", "___a"}) {
    INFO(good);
    CHECK(read_nickname(good));
  }
  CHECK(read_nickname(repeated("가", 50)));
  CHECK(read_nickname(repeated("\u1112\u1161\u11ab", 50)));  // comes in parts, and is composed
}

TEST_CASE("What a nickname is not is said") {
  struct Sample {
    std::string text;
    std::string_view why;
  };
  const auto sample = GENERATE(
      Sample{"ab", "3 to 50"}, Sample{"", "3 to 50"}, Sample{repeated("가", 51), "3 to 50"},
      Sample{repeated("a", 10'000), "3 to 50"}, Sample{"abc def", "Hangul, Latin"}, Sample{"abc-def", "Hangul, Latin"},
      Sample{"абв", "Hangul, Latin"}, Sample{"漢字漢", "Hangul, Latin"}, Sample{"ｆｕｌｌ", "Hangul, Latin"},
      Sample{"a\u200bbc", "Hangul, Latin"}, Sample{"ab\u0378", "Hangul, Latin"}, Sample{"abc\u0332", "Hangul, Latin"},
      Sample{"가나\u3164", "Hangul, Latin"}, Sample{"١٢٣", "Hangul, Latin"}, Sample{"\xff\xff\xff", "Hangul, Latin"},
      Sample{"abc가", "not in both"}, Sample{"ㄱab", "not in both"}, Sample{"123", "one letter"},
      Sample{"___", "one letter"});
  INFO(sample.text);
  const auto read = read_nickname(sample.text);
  REQUIRE(!read);
  CHECK(read.failure().kind == FailureKind::invalid);
  CHECK(read.failure().message.en.find(sample.why) != std::string_view::npos);
}

TEST_CASE("Two writings of one nickname are folded to one") {
  const auto folded = [](std::string_view text) { return read_nickname(text)->folded; };
  CHECK(folded("Straße") == folded("STRASSE"));
  CHECK(folded("\u00c5bc") == folded("A\u030aBC"));
  CHECK(folded("\u1112\u1161\u11ab글_가") == folded("한글_가"));
  CHECK(folded("abc_d") != folded("abcd"));
  CHECK(read_nickname("A\u030aBC")->text == "\u00c5BC");
}
