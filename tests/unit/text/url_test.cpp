#include "dontgoback/text/url.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <utility>

using dontgoback::text::Url;

TEST_CASE("a URL is taken apart") {
  const auto plain = Url::parse("HTTP://Auth.Example/msa/auth/api/token?x=1/2?3#part").value();
  CHECK_FALSE(plain.https);
  CHECK(plain.host == "auth.example");
  CHECK(plain.port == 80);
  CHECK(plain.path == "/msa/auth/api/token");
  CHECK(plain.query == "?x=1/2?3");
  CHECK(plain.authority() == "auth.example");
  CHECK(plain.target() == "/msa/auth/api/token?x=1/2?3");
  CHECK(plain.text() == "http://auth.example/msa/auth/api/token?x=1/2?3");

  const auto v6 = Url::parse("https://[2001:db8:0::1]:8443").value();
  CHECK(v6.https);
  CHECK(v6.host == "[2001:db8::1]");
  CHECK(v6.host_name() == "2001:db8::1");
  CHECK(v6.port == 8443);
  CHECK(v6.authority() == "[2001:db8::1]:8443");
  CHECK(v6.target() == "/");

  CHECK(Url::parse("https://a")->port == 443);
  CHECK(Url::parse("http://a?q")->target() == "/?q");
  CHECK(Url::parse("http://a#/b")->target() == "/");
}

TEST_CASE("an origin is written as browsers do") {
  CHECK(Url::parse("http://h:80/x")->origin() == "http://h");
  CHECK(Url::parse("http://[::1]:8090")->origin() == "http://[::1]:8090");
  CHECK(Url::parse("https://h:80")->origin() == "https://h:80");
}

TEST_CASE("what is no URL of a server") {
  using namespace std::string_literals;
  for (const auto& text :
       {""s, "/path"s, "a.example"s, "ftp://a"s, "http://"s, "http:///x"s, "http://:80/"s, "HTTP//h"s,
        // users
        "http://a@h"s, "http://u:p@a/"s, "http://dontgoback.example@evil.example/"s,
        // ports
        "http://h:65536"s, "http://h:0"s, "http://h:080"s, "http://a:port/"s, "http://a:123456/"s, "http://h:-1"s,
        "http://h: 80"s, "http://h:80:80"s,
        // hosts
        "http://[::1"s, "http://[::1/"s, "http://[x]"s, "http://[::1]x"s, "http://[::1]x:80"s, "http://[fe80::1%25lo]"s,
        "http://-h"s, "http://h_h"s, "http://h-"s, "http://h..h"s, "http://.h"s, "http://h."s, "http://1.2.3"s,
        "http://256.1.1.1"s, "http://%61"s, "http://127.0.0.1\0"s, "http://[::1\0]"s, "http://\xEA\xB0\x80"s,
        // paths and queries
        "http://a b/"s, "http://a/\r\nX: y"s, "http://h/%"s, "http://h/%0"s, "http://h/%zz"s, "http://h/\"x"s,
        "http://h/a|b"s, "http://h/?a b"s, "http://h/?%"s, "http://h/\xEA\xB0\x80"s}) {
    CAPTURE(text);
    CHECK_FALSE(Url::parse(text));
  }
}

TEST_CASE("two URLs that name the same are spelt the same") {
  const std::pair<const char*, const char*> rows[] = {
      {"http://a", "http://a/"},
      {"HTTP://A:80", "http://a/"},
      {"https://a:443/", "https://a/"},
      {"https://a:/", "https://a/"},
      {"https://a:80/x", "https://a:80/x"},
      {"http://[::1]:80/x", "http://[::1]/x"},
      {"http://[::AB]/x", "http://[::ab]/x"},
      {"http://[0:0::AB]/x", "http://[::ab]/x"},
      {"http://a?b", "http://a/"},
      {"http://a/%7e%2fx%c3", "http://a/~%2Fx%C3"},
      {"http://a/X/../y", "http://a/X/../y"},
      {"ftp://a/", nullptr},
      {"a/b", nullptr},
      {"", nullptr},
      {"http://", nullptr},
      {"http:///x", nullptr},
      {"http://:80/x", nullptr},
      {"http://a:b/x", nullptr},
      {"http://u@a/x", nullptr},
      {"http://a/%4", nullptr},
      {"http://a/%xx", nullptr},
      {"http://a /", nullptr},
      {"http://a/\xc3\xa9", nullptr},
  };
  for (const auto& [url, expected] : rows) {
    INFO(url);
    const auto parsed = Url::parse(url);
    const auto normal = parsed ? std::optional(parsed->normalized()) : std::nullopt;
    CHECK(normal == (expected == nullptr ? std::nullopt : std::optional<std::string>(expected)));
    if (normal) CHECK(Url::parse(*normal)->normalized() == normal);
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
