#include "core/sign_in/email/email_code.hpp"

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <string>

using namespace dontgoback::core::sign_in;

TEST_CASE("A link's code is six digits, the same each time it is opened") {
  // SHA-256 of "email-sign-in/code|token-…", its first eight bytes modulo a million, by Python.
  CHECK(email_code("token-0") == "896071");
  CHECK(email_code("token-1") == "097246");
  CHECK(email_code("token-131") == "007140");  // zeros in front stay
}

TEST_CASE("Codes are even") {
  std::array<int, 10> first{}, last{};
  for (int i = 0; i < 20'000; ++i) {
    const auto code = email_code("token-" + std::to_string(i));
    REQUIRE(code.size() == 6);
    REQUIRE(std::ranges::all_of(code, [](char c) { return c >= '0' && c <= '9'; }));
    ++first[code.front() - '0'];
    ++last[code.back() - '0'];
  }
  // 2000 each; five standard deviations are 212.
  for (const auto* counts : {&first, &last}) {
    CHECK(std::ranges::all_of(*counts, [](int count) { return count > 1788 && count < 2212; }));
  }
}

TEST_CASE("A code is taken as people type it, and nothing else is made of it") {
  CHECK(typed_code("123456") == "123456");
  CHECK(typed_code(" 123 456 ") == "123456");
  CHECK(typed_code("123-456") == "123456");
  CHECK(typed_code("12345") == "12345");
  CHECK(typed_code("12a456") == "12a456");
  CHECK(typed_code("") == "");
}

TEST_CASE("What is kept of a code is another for each browser") {
  CHECK(stored_code("123456", "one") == stored_code("123456", "one"));
  CHECK(stored_code("123456", "one") != stored_code("123456", "another"));
  CHECK(stored_code("123456", "one") != stored_code("123457", "one"));
  CHECK(stored_code("123456", "one").size() == 43);
}
