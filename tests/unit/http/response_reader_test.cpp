// Another node's answer, read as strictly as a request.
#include "http/client/response_reader.hpp"

#include <catch2/catch.hpp>

using namespace dontgoback::http;

namespace {

constexpr std::size_t kLimit = 2000;

/// The answer, its bytes put in pieces of that size; throws as the reader does.
void read(ResponseReader& reader, std::string_view bytes, std::size_t piece) {
  for (; !bytes.empty() && !reader.done(); bytes.remove_prefix(std::min(piece, bytes.size()))) {
    reader.put(bytes.substr(0, piece));
  }
  reader.end();
}

std::string chunked(std::string_view chunks) {
  return std::string("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n").append(chunks);
}
std::string with(std::string_view fields, std::string_view body = "ok") {
  return std::string("HTTP/1.1 200 OK\r\n").append(fields).append("\r\n").append(body);
}

}  // namespace

TEST_CASE("Answers, in however many pieces") {
  const auto [bytes, body, keep] = GENERATE(table<std::string, std::string, bool>({
      {with("Content-Length: 2\r\n"), "ok", true},
      {with("Content-Length: 2\r\nConnection: close\r\n"), "ok", false},
      {"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok", "ok", false},
      {"HTTP/1.1 200 \r\nContent-Length: 2\r\n\r\nok", "ok", true},
      {with("", "until the end"), "until the end", false},
      {chunked("2;a=b\r\nok\r\n1\r\n!\r\n0\r\nT: x\r\n\r\n"), "ok!", true},
      {"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + with("Content-Length: 2\r\n"), "ok",
       true},
      {"HTTP/1.1 204 No Content\r\n\r\n", "", true},
      {"HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n", "", true},
  }));
  const auto piece = GENERATE(1U, 7U, 4096U);
  INFO(bytes << " by " << piece);
  ResponseReader reader(false, kLimit);
  read(reader, bytes, piece);
  REQUIRE(reader.done());
  CHECK(reader.keep() == keep);
  CHECK(reader.take().body == body);
}

TEST_CASE("An answer to HEAD has no body, whatever it says") {
  ResponseReader reader(true, kLimit);
  read(reader, with("Content-Length: 5\r\n", ""), 4096);
  CHECK(reader.keep());
  CHECK(reader.take().body.empty());
}

TEST_CASE("What comes behind an answer ends the connection") {
  ResponseReader reader(false, kLimit);
  read(reader, with("Content-Length: 2\r\n", "okHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil"), 4096);
  CHECK_FALSE(reader.keep());
  CHECK(reader.take().body == "ok");
}

TEST_CASE("What cannot be an answer, or ends where two would not see it end, is none") {
  using namespace std::string_literals;
  const std::string bytes = GENERATE(values({
      "SMTP ready\r\n\r\n"s,
      "HTTP/1.1 abc\r\n\r\n"s,
      "HTTP/1.1 200\r\n\r\n"s,
      "HTTP/1.1 20 OK\r\n\r\n"s,
      "HTTP/1.1 2000 OK\r\n\r\n"s,
      "HTTP/1.1 600 OK\r\n\r\n"s,
      "HTTP/1.1  200 OK\r\n\r\n"s,
      "HTTP/2 200 OK\r\n\r\n"s,
      "\r\nHTTP/1.1 200 OK\r\n\r\n"s,
      "HTTP/1.1 200 OK\nContent-Length: 2\n\nok"s,
      "HTTP/1.1 200 OK\r\n Content-Length: 2\r\n\r\nok"s,
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"s,
      with("Content-Length:\r\n 2\r\n"),
      with("X: a\r\n b\r\nContent-Length: 2\r\n"),
      with("X:\r\n b\r\nContent-Length: 2\r\n"),
      with("X : a\r\nContent-Length: 2\r\n"),
      with("No colon\r\nContent-Length: 2\r\n"),
      with("X: a\rb\r\nContent-Length: 2\r\n"),
      with("X: a\0b\r\nContent-Length: 2\r\n"s),
      with("Content-Length: 2\r\nContent-Length: 3\r\n", "ok!"),
      with("Content-Length: 2\r\nContent-Length: 2\r\n"),
      with("Content-Length: 2, 2\r\n"),
      with("Content-Length: +2\r\n"),
      with("Content-Length:\r\n"),
      with("Content-Length: 2\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
      with("Content-Length: 2\r\nTransfer-Encoding: gzip\r\n"),
      with("Transfer-Encoding: gzip\r\n"),
      with("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"),
      with("Transfer-Encoding: identity, chunked\r\n", "0\r\n\r\n"),
      with("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
      "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"s,
      chunked("xyz\r\n"),
      chunked("2\nok\r\n0\r\n\r\n"),
      chunked("2\r\nokk\r\n0\r\n\r\n"),
      chunked("11111111111111111\r\n"),
      chunked("2;\r\nok\r\n0\r\n\r\n"),
      chunked("2;" + std::string(300, 'e') + "\r\nok\r\n0\r\n\r\n"),
      chunked("2\r\nok\r\n0\r\nT : x\r\n\r\n"),
      chunked("2\r\nok\r\n"),
      with("X: " + std::string(20'000, 'x') + "\r\n"),
      with("Content-Length: 2001\r\n", std::string(2001, 'x')),
      with("", std::string(2001, 'x')),
      chunked("7d1\r\n" + std::string(2001, 'x') + "\r\n0\r\n\r\n"),
      with("Content-Length: 3\r\n"),
      "HTTP/1.1 200 OK\r\nContent-Le"s,
      "HTT"s,
      [] {
        std::string hints;
        for (int i = 0; i < 100; ++i) hints += "HTTP/1.1 103 Early Hints\r\n\r\n";
        return hints + with("Content-Length: 2\r\n");
      }(),
  }));
  const auto piece = GENERATE(1U, 4096U);
  INFO(bytes.substr(0, 120) << " by " << piece);
  ResponseReader reader(false, kLimit);
  CHECK_THROWS_AS(read(reader, bytes, piece), std::runtime_error);
}

TEST_CASE("Eight interim answers are borne, a ninth is not") {
  for (const int interim : {8, 9}) {
    std::string bytes;
    for (int i = 0; i < interim; ++i) bytes += "HTTP/1.1 103 Early Hints\r\n\r\n";
    bytes += with("Content-Length: 2\r\n");
    ResponseReader reader(false, kLimit);
    if (interim == 8) {
      read(reader, bytes, 4096);
      CHECK(reader.take().body == "ok");
    } else {
      CHECK_THROWS_WITH(read(reader, bytes, 4096), Catch::Contains("interim"));
    }
  }
}
