#include "core/search/bigrams.hpp"

#include <catch2/catch.hpp>

using namespace dontgoback::core::search;

namespace {

constexpr Bigram pair(char32_t a, char32_t b) { return static_cast<Bigram>(a) << 16 | static_cast<Bigram>(b); }

}  // namespace

TEST_CASE("Bigrams are pairs of letters within words, each once, in order") {
  CHECK(bigrams_of("").empty());
  CHECK(bigrams_of("a").empty());
  CHECK(bigrams_of("a b c").empty());
  CHECK(bigrams_of("ab ab aab") == std::vector{pair('a', 'a'), pair('a', 'b')});
  CHECK(bigrams_of("사과나무") == std::vector{pair(U'과', U'나'), pair(U'나', U'무'), pair(U'사', U'과')});
}

TEST_CASE("Letters of all kinds have pairs that fit into 32 bits, and are no 0") {
  CHECK(bigrams_of("😀😀") == std::vector{pair(0xF601, 0xF601)});
  CHECK(bigrams_of("😀😁") != bigrams_of("😁😀"));
  for (const auto* text : {"\U00010001\U00010001", "\U0010FFFD\U0010FFFD", "\uFFFD\uFFFD"}) {
    INFO(text);
    REQUIRE(bigrams_of(text).size() == 1);
    CHECK(bigrams_of(text).front() > 0);
    CHECK(bigrams_of(text).front() <= 0xFFFFFFFF);
  }
}
