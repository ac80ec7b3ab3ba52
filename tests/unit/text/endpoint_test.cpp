#include "dontgoback/text/endpoint.hpp"

#include <catch2/catch.hpp>
#include <string>

using dontgoback::text::Endpoint;

TEST_CASE("endpoints") {
  CHECK(Endpoint::parse("[::]:8090")->url() == "http://[::1]:8090");
  CHECK(Endpoint::parse("0.0.0.0:80")->url() == "http://127.0.0.1");  // as Url::text has it
  CHECK(Endpoint::parse("[::1]:80")->text() == "[::1]:80");
  CHECK(Endpoint::parse("10.1.2.3:0")->port == 0);
  using namespace std::string_literals;
  for (const auto& text : {":80"s, "[]:80"s, "::1:80"s, "[::1]"s, "127.0.0.1"s, "127.0.0.1:"s, "127.0.0.1:65536"s,
                           "127.0.0.1:+1"s, "localhost:80"s, "127.0.0.1\0:80"s, "[::1]x:80"s}) {
    CAPTURE(text);
    CHECK_FALSE(Endpoint::parse(text));
  }
}
