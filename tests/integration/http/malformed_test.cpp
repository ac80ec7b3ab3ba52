// What is no HTTP, or none that two servers would read alike, is a 400 (or 501, 417) and the end of the connection.
#include <catch2/catch.hpp>

#include "test_server.hpp"

using namespace dontgoback::http;
using namespace dontgoback::http::testing;

TEST_CASE("Malformed requests") {
  TestServer server;
  server.add(Method::get, "/hello", Lane::inline_, kNoBody, [](const Request&) { return text(200, "hello"); });
  server.add(Method::post, "/echo", Lane::inline_, 64 * 1024,
             [](const Request& request) { return text(200, std::string(request.body)); });
  server.start();
  struct Row {
    std::string bytes;
    int status = 400;
  };
  using namespace std::string_literals;
  const auto row = GENERATE(values<Row>({
      {"nonsense\r\n\r\n"},
      {"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 a TLS hello"s},
      {"GET /hello\r\n\r\n"},
      {"GET /hello HTTP/1.1\r\n\r\n"},
      {"GET  /hello HTTP/1.1\r\nHost: t\r\n\r\n"},
      {"GET /hello HTTP/2.0\r\nHost: t\r\n\r\n"},
      {"GET /hello HTTP/1.1\nHost: t\n\n"},
      {"GET /hello HTTP/1.1\r\nHost: t\r\nHost: u\r\n\r\n"},
      {"GET /hello HTTP/1.1\r\nHost: t\r\nNo colon\r\n\r\n"},
      {"GET /hello HTTP/1.1\r\nHost: t\r\nSpace : x\r\n\r\n"},
      {"GET /hello HTTP/1.1\r\nHost: t\r\n: empty\r\n\r\n"},
      {"GET /hello HTTP/1.1\r\nHost: t\r\nX: a\r\n folded\r\n\r\n"},
      {"GET /hello HTTP/1.1\r\nHost: t\r\nX: \x01\r\n\r\n"},
      {"GET /hello HTTP/1.1\r\nHost: t\r\nX: a\0b\r\n\r\n"s},
      {"GET /he\0llo HTTP/1.1\r\nHost: t\r\n\r\n"s},
      {"POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: x\r\n\r\n"},
      {"POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: -1\r\n\r\n"},
      {"POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: +1\r\n\r\na"},
      {"POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 99999999999999999999\r\n\r\n"},
      {"POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"},
      {"POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 1, 2\r\n\r\nab"},
      {"POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
      {"POST /echo HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n0\r\n\r\n"},
      {"POST /echo HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
      {"POST /echo HTTP/1.0\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
      {"POST /echo HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n"},
      {"POST /echo HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n0\r\n\r\n"},
      {"POST /echo HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n1;" + std::string(30'000, 'e')},
      {"POST /echo HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nT: " + std::string(30'000, 't')},
      {"POST /echo HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: gzip\r\n\r\n", 501},
      {"POST /echo HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked, gzip\r\n\r\n", 501},
      {"POST /echo HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: xchunked\r\n\r\n", 501},
      {"POST /echo HTTP/1.1\r\nHost: t\r\nExpect: a miracle\r\nContent-Length: 1\r\n\r\na", 417},
  }));
  INFO(row.bytes.substr(0, 120));
  auto peer = server.peer();
  // What follows must not be taken for a request of its own.
  const auto reply = peer.ask(row.bytes + "\r\n\r\nGET /hello HTTP/1.1\r\nHost: t\r\n\r\n");
  CHECK(reply.status == row.status);
  CHECK(reply.body.find("\"F-" + std::to_string(row.status) + "\"") != std::string::npos);
  CHECK(reply.header("connection") == "close");
  CHECK(peer.at_end());
  CHECK(server.get("/hello").status == 200);
}

TEST_CASE("A target that names nothing of ours is a 400") {
  TestServer server;
  server.start();
  const std::string target = GENERATE(as<std::string>(), "hello", "*", "t:443", "ftp://t/x", "/h\xC3\xA9llo", "/\x80");
  INFO(target);
  const auto reply = server.get(target);
  CHECK(reply.status == 400);
  CHECK(reply.body.find("F-400") != std::string::npos);
}

TEST_CASE("A head that is refused halfway is refused in the language that it named") {
  const auto [head, message] = GENERATE(table<std::string, std::string>({
      {"Accept-Language: en\r\nNo colon\r\n", "The request is malformed."},
      {"Accept-Language: en\r\nAccept-Language: ko\r\nExpect: a miracle\r\n", "This expectation cannot be met."},
      {"Accept-Language: ko\r\nNo colon\r\n", "요청의 형식이 올바르지 않습니다."},
      {"No colon\r\nAccept-Language: en\r\n", "요청의 형식이 올바르지 않습니다."},
  }));
  TestServer server;
  server.start();
  auto peer = server.peer();
  peer.send("GET /hello HTTP/1.1\r\nHost: t\r\n" + head + "\r\n");
  CHECK(peer.read().body.find(message) != std::string::npos);
}
