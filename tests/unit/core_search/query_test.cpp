#include "core/search/query.hpp"

#include <catch2/catch.hpp>

using namespace dontgoback;
using namespace dontgoback::core::search;

TEST_CASE("A query is words, and what its posts have in their texts") {
  const auto query = read_query("  나무 나무, Apple-사과나무 7 ").value();
  CHECK(query.words == std::vector<std::string>{"사과나무", "나무", "apple", "7"});
  CHECK(query.needle == "사과나무");
  CHECK(query.bigrams.size() == 7);
  CHECK(read_query("STRASSE").value().needle.empty());
  CHECK(read_query("kb국민은행24").value().needle == "국민은행24");
  CHECK(read_query("😀😀").value().words.front() == "😀😀");
}

TEST_CASE("What cannot be searched is refused, and it is said why") {
  for (const auto& [typed, why] :
       std::initializer_list<std::pair<std::string, std::string_view>>{{"", "needs a word"},
                                                                       {" \t", "needs a word"},
                                                                       {"...!?", "needs a word"},
                                                                       {std::string("\0\0", 2), "needs a word"},
                                                                       {"돈", "two characters"},
                                                                       {"a b c", "two characters"},
                                                                       {"é", "two characters"},
                                                                       {"\u1112\u1161\u11ab", "two characters"},
                                                                       {std::string(601, 'a'), "600"}}) {
    CAPTURE(typed);
    const auto query = read_query(typed);
    REQUIRE_FALSE(query.has_value());
    CHECK_THAT(std::string(query.failure().message.en), Catch::Contains(std::string(why)));
  }
}

TEST_CASE("A long query asks for a few bigrams only") {
  std::string typed;
  for (int i = 0; i < 200; ++i) typed += "가" + std::string(1, static_cast<char>('a' + i % 26)) + " ";
  const auto query = read_query(typed).value();
  CHECK(query.words.size() == 26);
  CHECK(query.bigrams.size() == kMostBigrams);
}

TEST_CASE("A post matches when it has all words, each as a part of one of its own") {
  const auto has = [](std::string_view typed, std::string_view content) {
    return matches(read_query(typed).value(), content);
  };
  CHECK(has("나무", "사과나무 아래"));
  CHECK(has("나무 사과", "사과나무 아래"));
  CHECK(has("나무 래", "사과나무 아래"));
  CHECK_FALSE(has("나무 배", "사과나무 아래"));
  CHECK_FALSE(has("나무", "사과나,무"));
  CHECK_FALSE(has("무아", "사과나무 아래"));
  CHECK(has("straße", "HAUPTSTRASSE 7"));
  CHECK(has("c++", "I like C++."));
  CHECK(has("😀😀", "하하😀😀😀"));
}
