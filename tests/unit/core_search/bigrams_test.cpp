#include "core/search/bigrams.hpp"

#include <catch2/catch.hpp>

using namespace dontgoback::core::search;

namespace {

constexpr Bigram pair(char32_t a, char32_t b) { return static_cast<Bigram>(a) << 21 | static_cast<Bigram>(b); }

}  // namespace

TEST_CASE("Bigrams are pairs of letters within words, each once, in order") {
  CHECK(bigrams_of("").empty());
  CHECK(bigrams_of("a").empty());
  CHECK(bigrams_of("a b c").empty());
  CHECK(bigrams_of("ab ab aab") == std::vector{pair('a', 'a'), pair('a', 'b')});
  CHECK(bigrams_of("사과나무") == std::vector{pair(U'과', U'나'), pair(U'나', U'무'), pair(U'사', U'과')});
  CHECK(bigrams_of("😀😀") == std::vector{pair(U'😀', U'😀')});
  CHECK(bigrams_of("\U0010FFFD\U0010FFFD").front() == pair(0x10FFFD, 0x10FFFD));
  CHECK(bigrams_of("\U0010FFFD\U0010FFFD").front() > 0);
}
