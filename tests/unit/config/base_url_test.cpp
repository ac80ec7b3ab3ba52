#include "dontgoback/config/base_url.hpp"

#include <catch2/catch.hpp>

using namespace dontgoback::config;

TEST_CASE("URLs of servers have one form") {
  CHECK(parse_base_url("https://Example.ORG:8443/base//")->text() == "https://example.org:8443/base");
  CHECK(parse_base_url("HTTP://[0:0:0::1]/a%2Fb")->text() == "http://[::1]/a%2Fb");
}

TEST_CASE("a URL that cannot be meant is refused, and said why without repeating it") {
  const auto [text, why] = GENERATE(table<const char*, const char*>({
      {"http://h:", "a host that can be"},
      {"http://h:/x", "a host that can be"},
      {"http://h_h", "a host that can be"},
      {"http://h/a?b", "without a query"},
      {"http://h?b", "without a query"},
      {"http://h/a#b", "without a fragment"},
      {"http://u:p@h/", "without a user or password"},
      {"ftp://h", "must be an http or https URL"},
      {"http://h h", "without blanks"},
  }));
  CAPTURE(text);
  CHECK_FALSE(parse_base_url(text));
  CHECK_THAT(problem_of_base_url(text), Catch::Contains(why));
}
