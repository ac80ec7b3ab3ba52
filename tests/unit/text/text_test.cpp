// Case, parts, numbers and percent escapes.
#include <catch2/catch.hpp>
#include <cstdint>
#include <string>

#include "dontgoback/text/ascii.hpp"
#include "dontgoback/text/number.hpp"
#include "dontgoback/text/parts.hpp"
#include "dontgoback/text/percent.hpp"

using namespace dontgoback::text;

TEST_CASE("case is that of ASCII") {
  CHECK(lower(std::string_view("AzZ@[`{\xC3\x84")) == "azz@[`{\xC3\x84");
  CHECK(same_ignoring_case("Sec-Fetch-SITE", "sec-fetch-site"));
  CHECK_FALSE(same_ignoring_case("a", "ab"));
  CHECK_FALSE(same_ignoring_case("[", "{"));
  CHECK(starts_ignoring_case("BEARER x", "Bearer "));
  CHECK_FALSE(starts_ignoring_case("Bear", "Bearer "));
}

TEST_CASE("a list is taken apart") {
  CHECK(trimmed(" \t a b\t ") == "a b");
  CHECK(trimmed(" \t").empty());
  CHECK(trimmed("\ra\n") == "\ra\n");
  std::string_view rest = "a,,b";
  CHECK(take(rest, ',') == "a");
  CHECK(take(rest, ',').empty());
  CHECK(take(rest, ',') == "b");
  CHECK(rest.empty());
  CHECK(take(rest, ',').empty());
}

TEST_CASE("a number is the whole text") {
  CHECK(number<std::int64_t>("-9223372036854775808") == INT64_MIN);
  CHECK(number<unsigned>("007") == 7U);
  CHECK(number<double>("1.5") == 1.5);
  for (const auto* bad : {"", " 1", "1 ", "+1", "1x", "0x1", "-1", "65536"}) {
    CAPTURE(bad);
    CHECK_FALSE(number<std::uint16_t>(bad));
  }
}

TEST_CASE("percent escapes") {
  CHECK(percent_decoded("a%20b+c%EB%8f%88") == "a b+c돈");
  CHECK(form_decoded("a%20b+c%2B") == "a b c+");
  CHECK(percent_normalized("%7e%2fx%c3+") == "~%2Fx%C3+");
  for (const auto* bad : {"%", "%4", "a%4", "%xx", "%4x", "%-1", "%+1", "% 1"}) {
    CAPTURE(bad);
    CHECK_FALSE(percent_decoded(bad));
    CHECK_FALSE(form_decoded(bad));
    CHECK_FALSE(percent_normalized(bad));
  }
}
