// What is pure: names, words, links, who is new.
#include <catch2/catch.hpp>

#include "core/moderation/authority.hpp"
#include "core/moderation/words.hpp"

using namespace dontgoback;
using namespace dontgoback::core::moderation;

TEST_CASE("What leads elsewhere is found, numbers and sentences are not") {
  for (const auto* text : {"http://a", "https://example.com/x", "example.com", "www.example.co.kr 보세요", "(t.me/abc)",
                           "한글 naver.com입니다", "a@b.example"}) {
    INFO(text);
    CHECK(has_link(text));
  }
  for (const auto* text : {"", ".", "3.5", "1.000.000원", "끝.", "안녕.하세요", "e.g", "a.b", "...", "v1.2.3"}) {
    INFO(text);
    CHECK_FALSE(has_link(text));
  }
}

TEST_CASE("Words are found whatever their case and form, inside of others") {
  Rules rules;
  CHECK_FALSE(has_word(rules, "무엇이든"));
  rules.words = {read_word("Bad.Example").value(), read_word("  나무 ").value()};
  CHECK(has_word(rules, "사과나무"));
  CHECK(has_word(rules, "HTTP://BAD.EXAMPLE/"));
  CHECK(has_word(rules, "나\xE1\x84\x86\xE1\x85\xAE"));  // decomposed
  CHECK_FALSE(has_word(rules, "나 무"));
  for (const auto* word : {"", "가", " . ", "!!"}) CHECK_FALSE(read_word(word));
}

TEST_CASE("Who is new is so for a day, not by a wrong clock") {
  const time::Timestamp now{std::chrono::hours(24 * 20'000)};
  const std::chrono::hours day(24);
  CHECK(is_new(day, now, now));
  CHECK(is_new(day, now - std::chrono::hours(23), now));
  CHECK_FALSE(is_new(day, now - day, now));
  CHECK(is_new(day, now + std::chrono::minutes(30), now));
  CHECK_FALSE(is_new(day, now + std::chrono::hours(2), now));
  CHECK_FALSE(is_new(std::chrono::hours(0), now, now));
}

TEST_CASE("A reason has something to read, and 200 characters at most") {
  CHECK(read_reason(" x ").has_value());
  CHECK_FALSE(read_reason(""));
  CHECK_FALSE(read_reason("\n"));
  CHECK(read_reason(std::string(200, 'x')).has_value());
  CHECK_FALSE(read_reason(std::string(201, 'x')));
}
