#include <catch2/catch.hpp>
#include <stdexcept>

#include "http/client/pooled_client.hpp"
#include "http/client/url.hpp"

using namespace dontgoback::http;

TEST_CASE("A URL is taken apart") {
  const auto plain = Url::parse("http://Auth.example/msa/auth/api/token?x=1#part");
  CHECK_FALSE(plain.https);
  CHECK(plain.host == "Auth.example");
  CHECK(plain.port == "80");
  CHECK(plain.authority == "Auth.example");
  CHECK(plain.target == "/msa/auth/api/token?x=1");
  const auto v6 = Url::parse("https://[2001:db8::1]:8443");
  CHECK(v6.https);
  CHECK(v6.host == "2001:db8::1");
  CHECK(v6.port == "8443");
  CHECK(v6.authority == "[2001:db8::1]:8443");
  CHECK(v6.target == "/");
  CHECK(Url::parse("https://a").port == "443");
  CHECK(Url::parse("http://a?q").target == "/?q");
}

TEST_CASE("What is no URL of a server is refused") {
  for (const auto* bad :
       {"", "a.example", "ftp://a", "http://", "http:///x", "http://:80/", "http://u:p@a/", "http://a:port/",
        "http://a:123456/", "http://[::1/", "http://a b/", "http://a/\r\nX: y", "/path"}) {
    INFO(bad);
    CHECK_THROWS_AS(Url::parse(bad), std::invalid_argument);
  }
}

TEST_CASE("A call that would write two lines for one is refused") {
  const auto client = make_client();
  ClientRequest request{.url = "http://127.0.0.1:1/", .headers = {{"A", "b\r\nC: d"}}, .body = {}};
  CHECK_THROWS_AS(client->send(request), std::invalid_argument);
}
