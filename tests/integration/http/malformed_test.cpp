// What is no HTTP, or none that two servers would read alike, is a 400 (or 501, 417) and the end of the connection.
#include <catch2/catch.hpp>

#include "guarded.hpp"

using namespace dontgoback::http;
using namespace dontgoback::http::testing;

TEST_CASE("Lines that are none of HTTP") {
  using namespace std::string_literals;
  const auto row = GENERATE(values<Row>({
      {"nonsense\r\n\r\n"},
      {"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 a TLS hello"s},
      {"GET /hello\r\n\r\n"},
      {"GET /hello HTTP/1.1\r\n\r\n"},
      {"GET  /hello HTTP/1.1\r\nHost: t\r\n\r\n"},
      {"GET /hello  HTTP/1.1\r\nHost: t\r\n\r\n"},
      {"GET\t/hello HTTP/1.1\r\nHost: t\r\n\r\n"},
      {"GET /hello HTTP/1.1 \r\nHost: t\r\n\r\n"},
      {" GET /hello HTTP/1.1\r\nHost: t\r\n\r\n"},
      {"G(T /hello HTTP/1.1\r\nHost: t\r\n\r\n"},
      {"GET /hello HTTP/2.0\r\nHost: t\r\n\r\n"},
      {"GET /hello HTTP/1.2\r\nHost: t\r\n\r\n"},
      {"GET /hello HTTP/0.9\r\nHost: t\r\n\r\n"},
      {"GET /hello HTTP/1.11\r\nHost: t\r\n\r\n"},
      {"GET /hello http/1.1\r\nHost: t\r\n\r\n"},
      {"GET /hello HTTP/1.1\nHost: t\n\n"},
      {"GET /hello HTTP/1.1\r\nHost: t\n\r\n"},
      {"GET /hello HTTP/1.1\r\nHost: t\r\nX: a\nY: b\r\n\r\n"},
      {"GET /hello HTTP/1.1\r\nHost: t\r\nX: a\rY: b\r\n\r\n"},
      {"GET /hello HTTP/1.1\r\nHost: t\r\r\n\r\n"},
      {"\nGET /hello HTTP/1.1\r\nHost: t\r\n\r\n"},
      {"\rGET /hello HTTP/1.1\r\nHost: t\r\n\r\n"},
      {"GET /hello HTTP/1.1\r\nHost: t\r\nNo colon\r\n\r\n"},
      {"GET /hello HTTP/1.1\r\nHost: t\r\nSpace : x\r\n\r\n"},
      {"GET /hello HTTP/1.1\r\nHost: t\r\nTab\t: x\r\n\r\n"},
      {"GET /hello HTTP/1.1\r\nHost: t\r\nTwo words: x\r\n\r\n"},
      {"GET /hello HTTP/1.1\r\nHost: t\r\nN\xC3\xA4me: x\r\n\r\n"},
      {"GET /hello HTTP/1.1\r\nHost: t\r\n: empty\r\n\r\n"},
      {"GET /hello HTTP/1.1\r\nHost: t\r\nX: \x01\r\n\r\n"},
      {"GET /hello HTTP/1.1\r\nHost: t\r\nX: \x7F\r\n\r\n"},
      {"GET /hello HTTP/1.1\r\nHost: t\r\nX: a\0b\r\n\r\n"s},
      {"GET /hello HTTP/1.1\r\nHost: t\r\nX\0: b\r\n\r\n"s},
      {"GET /he\0llo HTTP/1.1\r\nHost: t\r\n\r\n"s},
      // Folded, wherever the fold is and whatever it folds.
      {"GET /hello HTTP/1.1\r\n Host: t\r\n\r\n"},
      {"GET /hello HTTP/1.1\r\nHost: t\r\n \r\n\r\n"},
      {"GET /hello HTTP/1.1\r\nHost:\r\n t\r\n\r\n"},
      {"GET /hello HTTP/1.1\r\nHost: t\r\nX: a\r\n folded\r\n\r\n"},
      {"GET /hello HTTP/1.1\r\nHost: t\r\nX:\r\n folded\r\n\r\n"},
      {"GET /hello HTTP/1.1\r\nHost: t\r\nX: \r\n\tfolded\r\n\r\n"},
      {"GET /hello HTTP/1.1\r\nHost: t\r\nX:\r\n \r\n folded\r\n\r\n"},
      {"GET /hello HTTP/1.1\r\nHost: t\r\nX: a\r\n \r\n\r\n"},
      {with("Content-Length:\r\n 1\r\n", "a")},
      {with("Transfer-Encoding:\r\n chunked\r\n", "0\r\n\r\n")},
      {with("Expect: a miracle\r\nContent-Length: 1\r\n", "a"), 417},
  }));
  Guarded().refuses(row);
}

TEST_CASE("Bodies whose end two servers would not see in the same place") {
  const auto row = GENERATE(values<Row>({
      {with("Content-Length: x\r\n")},
      {with("Content-Length:\r\n")},
      {with("Content-Length: -1\r\n")},
      {with("Content-Length: +1\r\n", "a")},
      {with("Content-Length: 0x1\r\n", "a")},
      {with("Content-Length: 1.0\r\n", "a")},
      {with("Content-Length: 1 1\r\n", "a")},
      {with("Content-Length: \"1\"\r\n", "a")},
      {with("Content-Length: \xEF\xBC\x91\r\n", "a")},
      {with("Content-Length: 99999999999999999999\r\n")},
      {with("Content-Length: 18446744073709551616\r\n")},
      {with("Content-Length: 1\r\nContent-Length: 2\r\n", "ab")},
      {with("Content-Length: 1\r\nContent-Length: 1\r\n", "a")},
      {with("Content-Length: 1, 2\r\n", "ab")},
      {with("Content-Length: 1, 1\r\n", "a")},
      {with("Content-Length: 1,\r\n", "a")},
      {with("Content-Length: ,1\r\n", "a")},
      {with("Content-Length: 1\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")},
      {with("Transfer-Encoding: chunked\r\nContent-Length: 1\r\n", "0\r\n\r\n")},
      {with("Content-Length: 1\r\nTransfer-Encoding: gzip\r\n", "a")},
      {with("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")},
      {with("Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")},
      {with("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", "0\r\n\r\n")},
      {with("Transfer-Encoding:\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")},
      {with("Transfer-Encoding:\r\n")},
      {"POST /echo HTTP/1.0\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
      {"POST /echo HTTP/1.0\r\nHost: t\r\nTransfer-Encoding: gzip\r\n\r\n"},
      {"POST /echo HTTP/1.0\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"},
      {with("Transfer-Encoding: gzip\r\n"), 501},
      {with("Transfer-Encoding: identity\r\n"), 501},
      {with("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"), 501},
      {with("Transfer-Encoding: identity, chunked\r\n", "0\r\n\r\n"), 501},
      {with("Transfer-Encoding: chunked, gzip\r\n"), 501},
      {with("Transfer-Encoding: chunked, chunked\r\n", "0\r\n\r\n"), 501},
      {with("Transfer-Encoding: chunked,\r\n", "0\r\n\r\n"), 501},
      {with("Transfer-Encoding: , chunked\r\n", "0\r\n\r\n"), 501},
      {with("Transfer-Encoding: chunked;q=1\r\n", "0\r\n\r\n"), 501},
      {with("Transfer-Encoding: \"chunked\"\r\n", "0\r\n\r\n"), 501},
      {with("Transfer-Encoding: \vchunked\r\n", "0\r\n\r\n")},
      {with("Transfer-Encoding: xchunked\r\n"), 501},
      {"GET /hello HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501},
  }));
  Guarded().refuses(row);
}

TEST_CASE("Fields that have one value, twice") {
  const auto row = GENERATE(values<Row>({
      {with("Origin: http://a.test\r\nOrigin: http://b.test\r\nContent-Length: 1\r\n", "a")},
      {with("Origin: http://a.test\r\nOrigin: http://a.test\r\nContent-Length: 1\r\n", "a")},
      {with("Origin: http://a.test\r\nContent-Length: 1\r\norigin:\r\n", "a")},
      {with("Content-Type: application/json\r\nContent-Type: text/plain\r\nContent-Length: 1\r\n", "a")},
      {with("CONTENT-TYPE: a/b\r\nContent-Length: 1\r\ncontent-type: a/b\r\n", "a")},
      {with("Referer: http://a.test/\r\nReferer: http://b.test/\r\nContent-Length: 1\r\n", "a")},
      {"GET /hello HTTP/1.1\r\nHost: t\r\nOrigin: http://a.test\r\nOrigin: null\r\n\r\n"},
      {"GET /hello HTTP/1.0\r\nReferer: http://a.test\r\nReferer:\r\n\r\n"},
  }));
  Guarded().refuses(row);
}

TEST_CASE("Chunks that are none") {
  using namespace std::string_literals;
  const auto row = GENERATE(values<Row>({
      {chunks("xyz\r\n")},
      {chunks("\r\n")},
      {chunks("-1\r\na\r\n0\r\n\r\n")},
      {chunks("+1\r\na\r\n0\r\n\r\n")},
      {chunks("0x1\r\na\r\n0\r\n\r\n")},
      {chunks(" 1\r\na\r\n0\r\n\r\n")},
      {chunks("1 \r\na\r\n0\r\n\r\n")},
      {chunks("1\na\r\n0\r\n\r\n")},
      {chunks("1\r\na\n0\r\n\r\n")},
      {chunks("1\r\na0\r\n\r\n")},
      {chunks("1\r\nabc\r\n0\r\n\r\n")},
      {chunks("1\r\na\rX0\r\n\r\n")},
      {chunks("1\ra\r\n0\r\n\r\n")},
      {chunks("10000000000000001\r\na\r\n0\r\n\r\n")},
      {chunks("ffffffffffffffffff")},  // noticed though its line has no end
      {chunks("1" + std::string(64, '0'))},
      {chunks("ffffffffffffffff\r\na"), 413},
      {chunks("7fffffff\r\na"), 413},
      {chunks("1;\r\na\r\n0\r\n\r\n")},
      {chunks("1;=b\r\na\r\n0\r\n\r\n")},
      {chunks("1;a=\r\na\r\n0\r\n\r\n")},
      {chunks("1;a b\r\na\r\n0\r\n\r\n")},
      {chunks("1;a=\"b\r\na\r\n0\r\n\r\n")},
      {chunks("1;a=\"b\"c\r\na\r\n0\r\n\r\n")},
      {chunks("1;a\nb\r\na\r\n0\r\n\r\n")},
      {chunks("1;a=\0\r\na\r\n0\r\n\r\n"s)},
      {chunks("1;a=" + std::string(256, 'e') + "\r\na\r\n0\r\n\r\n")},
      {chunks("1;" + std::string(30'000, 'e'))},
      {chunks([] {  // in all, not each
        std::string many;
        for (int i = 0; i < 100; ++i) many += "1;ab\r\na\r\n";
        return many + "0\r\n\r\n";
      }())},
      {chunks("0\r\nT: " + std::string(30'000, 't'))},
      {chunks("0\r\nNo colon\r\n\r\n")},
      {chunks("0\r\nT : x\r\n\r\n")},
      {chunks("0\r\nT: x\r\n folded\r\n\r\n")},
      {chunks("0\r\nT: x\n\r\n")},
      {chunks("0\r\nT: \x01\r\n\r\n")},
      {chunks("0\r\nContent-Length: 1\r\n\r\n")},
      {chunks("0\r\nTransfer-Encoding: chunked\r\n\r\n")},
  }));
  Guarded().refuses(row);
}

TEST_CASE("What is unusual and right is taken") {
  const auto [bytes, body] = GENERATE(table<std::string, std::string>({
      {"\r\n\r\nGET /hello HTTP/1.1\r\nHost: t\r\n\r\n", "hello"},
      {"GET /hello HTTP/1.0\r\n\r\n", "hello"},
      {"GET /hello HTTP/1.1\r\nHost:t:80 \t\r\nX:\r\nY: \xC3\xA4 b\tc\r\n\r\n", "hello"},
      {host("127.0.0.1:8090"), "hello"},
      {host("[::1]:8090"), "hello"},
      {host("a_b.example."), "hello"},
      {host("t:"), "hello"},
      {host("b%C3%BCcher.example"), "hello"},
      {"GET http://other.example/hello HTTP/1.1\r\nHost: t\r\n\r\n", "hello"},
      {"GET HTTPS://t:443/hello?x={y}|^ HTTP/1.1\r\nHost: t\r\n\r\n", "hello"},
      {"GET /hello?q=%zz&http://x HTTP/1.1\r\nHost: t\r\n\r\n", "hello"},
      {with("Content-Length: 0003\r\n", "abc"), "abc"},
      {with("Transfer-Encoding: ChUnKeD\r\n", "1\r\na\r\n0\r\n\r\n"), "a"},
      {chunks("000A\r\n0123456789\r\n00\r\n\r\n"), "0123456789"},
      {chunks("1;a;b=c;d=\"e \\\" f\" ; g = h\r\na\r\n0;z\r\nT: x\r\nU:\r\n\r\n"), "a"},
      {chunks("1;" + std::string(255, 'e') + "\r\na\r\n0\r\n\r\n"), "a"},
  }));
  INFO(bytes);
  Guarded server;
  auto peer = server.peer();
  const auto reply = peer.ask(bytes);
  CHECK(reply.status == 200);
  CHECK(reply.body == body);
  if (bytes.find("HTTP/1.0") == std::string::npos) {
    CHECK(peer.ask("GET /second HTTP/1.1\r\nHost: t\r\n\r\n").body == "second");
  }
}

TEST_CASE("A request means the same however its bytes come") {
  const auto [bytes, status] = GENERATE(table<std::string, int>({
      {chunks("3;a=\"b\"\r\nabc\r\n2\r\nde\r\n0\r\nT: x\r\n\r\n"), 200},
      {chunks("3\r\nabc\r\n2\r\nde\r\n0\r\nT : x\r\n\r\n"), 400},
      {"GET /hello HTTP/1.1\r\nHost: t\r\nX: a\r\n b\r\n\r\n", 400},
  }));
  Guarded server;
  auto peer = server.peer();
  for (const char byte : bytes) peer.send(std::string_view(&byte, 1));
  CHECK(peer.read().status == status);
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
