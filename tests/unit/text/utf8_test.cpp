#include "dontgoback/text/utf8.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace dontgoback::text;

TEST_CASE("UTF-8 is told from what is not") {
  for (const std::string good : {"", "a", "돈", "\xF0\x9F\x92\xB0", "\xEF\xBF\xBF", "\xF4\x8F\xBF\xBF", "\xC2\x80"}) {
    CHECK(is_utf8(good));
    if (!good.empty()) CHECK(sequence_length(good) == good.size());
  }
  for (const std::string bad :
       {"\x80", "\xC0\xAF", "\xC1\xBF", "\xE0\x80\x80", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF",
        "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFE", "a\xC3", "\xE2\x82", "\xE2\x28\xA1"}) {
    CHECK_FALSE(is_utf8(bad));
  }
  CHECK(code_points("") == 0);
  CHECK(code_points("a돈\xF0\x9F\x92\xB0") == 3);
}

TEST_CASE("Code points are taken one by one") {
  const std::string text = "a\xC2\x80돈\xF0\x9F\x92\xB0";
  std::string_view rest = text;
  for (const char32_t expected : {U'a', char32_t{0x80}, U'돈', char32_t{0x1F4B0}}) {
    CHECK(take_code_point(rest) == expected);
  }
  CHECK(rest.empty());
}
