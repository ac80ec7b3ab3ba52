#include "dontgoback/http/preference.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace dontgoback::http;

TEST_CASE("Preferences are taken off a list in order") {
  std::string_view list = " gzip ;q=0.5, br;x=1 ; Q=0.25 ,,*;q=0";
  const auto next = [&list] {
    const auto [value, weight] = take_preference(list);
    return std::string(value) + " " + std::to_string(weight);
  };
  CHECK(next() == "gzip 500");
  CHECK(next() == "br 250");
  CHECK(next() == " 1000");
  CHECK(next() == "* 0");
  CHECK(list.empty());
}

TEST_CASE("A weight that is none is no wish (RFC 9110 section 12.4.2)") {
  for (const std::string good : {"1", "1.", "1.0", "1.000"}) {
    const auto text = "a;q=" + good;
    std::string_view list = text;
    CHECK(take_preference(list).weight == 1000);
  }
  for (const std::string bad : {"", "x", "2", "1.001", "1.5", "-1", ".5", "0.5x", "0.1234", "0,5", "00.5"}) {
    const auto text = "a;q=" + bad;
    std::string_view list = text;
    CAPTURE(bad);
    CHECK(take_preference(list).weight == 0);
  }
}
