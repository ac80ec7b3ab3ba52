// Whom a request is for and what it asks for: what RFC 3986 has no such name for is a 400 and the end of the
// connection.
#include <catch2/catch.hpp>

#include "guarded.hpp"

using namespace dontgoback::http;
using namespace dontgoback::http::testing;

TEST_CASE("Hosts that are none") {
  using namespace std::string_literals;
  const auto row = GENERATE(values<Row>({
      {"GET /hello HTTP/1.1\r\nHost: t\r\nHost: u\r\n\r\n"},
      {"GET /hello HTTP/1.1\r\nHost: t\r\nHost: t\r\n\r\n"},
      {"GET /hello HTTP/1.0\r\nHost: t\r\nHost: t\r\n\r\n"},
      {"GET /hello HTTP/1.0\r\nHost: <t>\r\n\r\n"},
      {"GET http://t/hello HTTP/1.1\r\n\r\n"},
      {"GET http://t/hello HTTP/1.1\r\nHost:\r\n\r\n"},
      {host("")},
      {host(" \t ")},
      {host(":80")},
      {host("t:x")},
      {host("t:-1")},
      {host("t:65536")},
      {host("t:80:80")},
      {host("t/x")},
      {host("t?x")},
      {host("t#x")},
      {host("user@t")},
      {host("http://t")},
      {host("a b")},
      {host("a, b")},
      {host("<script>")},
      {host("t\"")},
      {host("t\\u")},
      {host("{t}")},
      {host("t%")},
      {host("t%4")},
      {host("t%zz")},
      {host("h\xC3\xA9llo")},
      {host("\x80")},
      {host("::1")},
      {host("[::1")},
      {host("[]")},
      {host("[1.2.3.4]")},
      {host("[::1]x")},
      {host("[::1]:x")},
      {host("[fe80::1%25eth0]")},
      {host("[v1.x]")},
  }));
  Guarded().refuses(row);
}

TEST_CASE("Targets that are none") {
  const auto row = GENERATE(values<Row>({
      {target("hello")},
      {target("?x")},
      {target("*")},
      {target("**")},
      {target("t:443")},
      {"CONNECT t:443 HTTP/1.1\r\nHost: t\r\n\r\n"},
      {"CONNECT * HTTP/1.1\r\nHost: t\r\n\r\n"},
      {"OPTIONS *x HTTP/1.1\r\nHost: t\r\n\r\n"},
      {target("ftp://t/x")},
      {target("http:/hello")},
      {target("http:hello")},
      {target("http://")},
      {target("http:///hello")},
      {target("http://:80/hello")},
      {target("http://?x")},
      {target("http://user@t/hello")},
      {target("http://user:word@t/hello")},
      {target("http://t:x/hello")},
      {target("http://t:99999/hello")},
      {target("http://<t>/hello")},
      {target("http://[::1/hello")},
      {target("http://h\xC3\xA9/hello")},
      {target("https:///hello")},
      {target("/h\xC3\xA9llo")},
      {target("/\x80")},
      {target("/hello?\x80")},
      {target("/hello#x")},
      {target("/hello?x#y")},
      {target("/%")},
      {target("/%4")},
      {target("/%zz")},
      {target("/hello%2")},
      {target("/a\\b")},
      {target("/<a>")},
      {target("/\"a\"")},
      {target("/a|b")},
      {target("/{a}")},
  }));
  Guarded().refuses(row);
}

TEST_CASE("The server as a whole says which methods there are") {
  Guarded server;
  const auto reply = server.peer().ask("OPTIONS * HTTP/1.1\r\nHost: t\r\n\r\n");
  CHECK(reply.status == 204);
  CHECK(reply.header("allow") == "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
}
