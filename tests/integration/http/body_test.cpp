// Bodies that are made while they are sent, and wait for their readers.
#include <sys/socket.h>

#include <atomic>
#include <catch2/catch.hpp>

#include "test_server.hpp"

using namespace dontgoback::http;
using namespace dontgoback::http::testing;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

constexpr std::size_t kPiece = 16 * 1024;

/// `/body` writes `pieces` pieces, `/endless` never ends by itself.
struct Writing : TestServer {
  Writing() {
    add(Method::get, "/body", Lane::query, kNoBody, [this](const Request&) {
      return body([this](BodyWriter& out) {
        for (std::size_t i = 0; i < pieces; ++i) {
          out.write(std::string(kPiece, static_cast<char>('a' + i % 26)));
          written += kPiece;
        }
      });
    });
    add(Method::get, "/endless", Lane::query, kNoBody, [this](const Request&) {
      return body([this](BodyWriter& out) {
        ++running;
        const std::shared_ptr<void> ended(nullptr, [this](void*) { --running; });
        for (;;) {
          out.write(std::string(kPiece, 'x'));
          written += kPiece;
        }
      });
    });
    add(Method::get, "/fails", Lane::query, kNoBody, [this](const Request&) {
      return body([](BodyWriter& out) {
        out.write("half");
        throw std::runtime_error("the database has gone");
      });
    });
    add(Method::get, "/hello", Lane::query, kNoBody, [](const Request&) { return text(200, "hello"); });
  }
  ~Writing() { stop(); }
  static Response body(WriteBody write) {
    Response response;
    response.content_type = "application/zip";
    response.write_body = std::move(write);
    return response;
  }
  static std::string read_all(Peer& peer) {
    std::string all;
    for (auto chunk = peer.read_chunk(); !chunk.empty(); chunk = peer.read_chunk()) all += chunk;
    return all;
  }
  Peer asks(std::string_view path) const {
    auto peer = this->peer();
    peer.send(request("GET", path));
    return peer;
  }
  bool nobody_left() const { return running == 0 && measures("dontgoback_http_bodies 0"); }

  std::size_t pieces = 20;
  std::atomic<std::size_t> written{0};
  std::atomic<int> running{0};
};

}  // namespace

TEST_CASE("A body arrives whole and in order") {
  Writing server;
  server.start();
  auto peer = server.asks("/body");
  const auto head = peer.read_head();
  CHECK(head.status == 200);
  CHECK(head.header("transfer-encoding") == "chunked");
  CHECK(head.header("content-type") == "application/zip");
  CHECK(head.header("connection") == "close");
  const auto body = Writing::read_all(peer);
  REQUIRE(body.size() == server.pieces * kPiece);
  for (std::size_t i = 0; i < server.pieces; ++i) {
    CHECK(body.substr(i * kPiece, kPiece) == std::string(kPiece, static_cast<char>('a' + i % 26)));
  }
  CHECK(peer.at_end());
}

TEST_CASE("An HTTP/1.0 client gets a body that ends with the connection") {
  Writing server;
  server.start();
  auto peer = server.peer();
  peer.send("GET /body HTTP/1.0\r\nHost: t\r\n\r\n");
  CHECK(peer.read_head().header("transfer-encoding").empty());
  CHECK(peer.discard_all() == server.pieces * kPiece);
}

TEST_CASE("HEAD of a body makes none, and takes no place") {
  Writing server;
  server.settings.bodies = 0;
  server.start();
  auto peer = server.peer();
  peer.send(TestServer::request("HEAD", "/body"));
  const auto head = peer.read(true);
  CHECK(head.status == 200);
  CHECK(head.header("transfer-encoding") == "chunked");
  CHECK(server.written == 0);
}

TEST_CASE("A body waits for its reader and holds little") {
  Writing server;
  server.pieces = 2000;  // 32 MB
  server.start();
  auto peer = server.asks("/body");
  peer.read_head();
  std::size_t last = 0;
  REQUIRE(eventually([&] { return server.written > 0 && std::exchange(last, server.written) == server.written; }));
  CHECK(server.written < server.pieces * kPiece);
  CHECK(Writing::read_all(peer).size() == server.pieces * kPiece);
}

TEST_CASE("A reader who takes nothing any more, or too little, is cut off, and nobody else waits for that") {
  Writing server;
  const bool trickles = GENERATE(false, true);
  if (trickles) {
    server.settings.limits.answer = milliseconds(200);
    server.settings.limits.slowest_reader = 1'000'000'000;
  } else {
    server.settings.limits.write = milliseconds(200);
  }
  server.settings.query.threads = 1;
  server.start();
  auto peer = server.asks("/endless");
  peer.read_head();
  CHECK(server.get("/hello").body == "hello");
  std::array<char, 64> bytes;
  CHECK(eventually([&] {
    if (trickles) ::recv(peer.descriptor(), bytes.data(), bytes.size(), MSG_DONTWAIT);
    return server.measures("dontgoback_http_slow_total{reason=\"answer\"} 1");
  }));
  CHECK(eventually([&] { return server.nobody_left(); }));
  CHECK(server.get("/hello").body == "hello");
}

TEST_CASE("The thread that makes a body hears that its reader has left") {
  Writing server;
  server.start();
  auto peer = server.asks("/endless");
  peer.read_head();
  const bool with_reset = GENERATE(false, true);
  if (with_reset) {
    peer.reset();
  } else {
    peer.close();
  }
  CHECK(eventually([&] { return server.nobody_left() && server.measures("dontgoback_http_connections 0"); }));
}

TEST_CASE("One body too many is told to come again, and comes when another has ended") {
  Writing server;
  server.settings.bodies = 2;
  server.start();
  auto first = server.asks("/endless");
  auto second = server.asks("/endless");
  for (auto* peer : {&first, &second}) peer->read_head();
  REQUIRE(eventually([&] { return server.running == 2; }));
  auto third = server.peer();
  const auto refused = third.ask(TestServer::request("GET", "/body"));
  CHECK(refused.status == 503);
  CHECK_FALSE(refused.header("retry-after").empty());
  CHECK(refused.header("connection").empty());
  CHECK(server.measures("dontgoback_http_lane_rejected_total{lane=\"body\"} 1"));
  CHECK(third.ask(TestServer::request("GET", "/hello")).body == "hello");
  first.close();
  REQUIRE(eventually([&] { return server.running == 1 && server.measures("dontgoback_http_bodies 1"); }));
  auto again = server.asks("/body");
  again.read_head();
  CHECK(Writing::read_all(again).size() == server.pieces * kPiece);
  // The place is free before the end can be seen.
  auto at_once = server.asks("/body");
  CHECK(at_once.read_head().status == 200);
}

TEST_CASE("A body that fails in its middle is cut, not ended") {
  Writing server;
  server.start();
  const bool http10 = GENERATE(false, true);
  auto peer = server.peer();
  peer.send(http10 ? "GET /fails HTTP/1.0\r\nHost: t\r\n\r\n" : TestServer::request("GET", "/fails"));
  peer.read_head();
  if (http10) {
    std::array<char, 64> bytes;
    ssize_t got = 0;
    do {
      got = ::recv(peer.descriptor(), bytes.data(), bytes.size(), 0);
    } while (got > 0);
    CHECK(got < 0);
    CHECK(errno == ECONNRESET);
  } else {
    CHECK_THROWS([&] {
      while (!peer.read_chunk().empty()) {
      }
    }());
  }
}

TEST_CASE("Draining cuts bodies and does not wait for their readers") {
  Writing server;
  server.start();
  auto peer = server.asks("/endless");
  peer.read_head();
  REQUIRE(eventually([&] { return server.running == 1; }));
  CHECK(server.server->drain(seconds(20)));
  CHECK(eventually([&] { return server.running == 0; }));
  CHECK_THROWS([&] {
    while (!peer.read_chunk().empty()) {
    }
  }());
}

TEST_CASE("A server ends in the middle of bodies") {
  Writing server;
  server.start();
  auto peer = server.asks("/endless");
  peer.read_head();
  REQUIRE(eventually([&] { return server.running == 1; }));
  server.server.reset();
  CHECK(server.running == 0);
}
