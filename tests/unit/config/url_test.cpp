#include "config/url.hpp"

#include <catch2/catch.hpp>

using dontgoback::config::Endpoint;
using dontgoback::config::Url;

TEST_CASE("URLs are read into the form browsers use") {
  const auto url = Url::parse("https://Example.ORG:8443/base//");
  REQUIRE(url);
  CHECK(url->text() == "https://example.org:8443/base");
  CHECK(Url::parse("http://h:80")->origin() == "http://h");
  CHECK(Url::parse("http://[::1]:8090")->origin() == "http://[::1]:8090");
  CHECK(Url::parse("https://h:80")->origin() == "https://h:80");
  CHECK(Url::parse("HTTP://[0:0:0::1]/a%2Fb")->text() == "http://[::1]/a%2Fb");
}

TEST_CASE("what is no URL") {
  for (const auto* text : {"",
                           "http://",
                           "http:///x",
                           "HTTP//h",
                           "http://h:65536",
                           "http://h:",
                           "http://[::1",
                           "http://[x]",
                           "http://h/a?b",
                           "http://h/a#b",
                           "http://a@h",
                           "http://-h",
                           "http://h_h",
                           "http://h-",
                           "http://h..h",
                           "http://.h",
                           "http://h.",
                           "http://1.2.3",
                           "http://256.1.1.1",
                           "http://h/%",
                           "http://h/%0",
                           "http://h/%zz"}) {
    CAPTURE(text);
    CHECK_FALSE(Url::parse(text));
  }
}

TEST_CASE("which URLs stay on this machine") {
  for (const auto* text : {"http://localhost", "http://127.0.0.1:1", "http://127.9.9.9", "http://[::1]:80"}) {
    CHECK(Url::parse(text)->is_loopback());
  }
  for (const auto* text : {"http://127.0.0.1.example", "http://10.0.0.1", "http://localhost.example", "http://[::2]"}) {
    CHECK_FALSE(Url::parse(text)->is_loopback());
  }
}

TEST_CASE("endpoints") {
  CHECK(Endpoint::parse("[::]:8090")->url() == "http://[::1]:8090");
  CHECK(Endpoint::parse("0.0.0.0:80")->url() == "http://127.0.0.1");  // as Url::text has it
  CHECK(Endpoint::parse("[::1]:80")->text() == "[::1]:80");
  CHECK(Endpoint::parse("10.1.2.3:0")->port == 0);
  CHECK_FALSE(Endpoint::parse(":80"));
  CHECK_FALSE(Endpoint::parse("[]:80"));
}
