// What a well-behaved client sees.
#include <array>
#include <catch2/catch.hpp>
#include <cstdint>

#include "test_server.hpp"

using namespace dontgoback::http;
using namespace dontgoback::http::testing;

namespace {

/// Linked into the program, as the page's files are.
constexpr auto kLinked = [] {
  std::array<char, 250'000> bytes{};
  std::uint32_t state = 1;
  for (auto& byte : bytes) byte = static_cast<char>((state = state * 1664525 + 1013904223) >> 24);
  return bytes;
}();
const std::string_view kLinkedBytes(kLinked.data(), kLinked.size());

struct Running : TestServer {
  Running() {
    add(Method::get, "/hello", Lane::inline_, kNoBody, [](const Request&) { return text(200, "hello"); });
    add(Method::get, "/query/{id}", Lane::query, kNoBody,
        [](const Request& request) { return text(200, std::string(request.path_parameter("id"))); });
    add(Method::post, "/echo", Lane::command, 1024 * 1024,
        [](const Request& request) { return text(201, std::string(request.body)); });
    add(Method::get, "/about", Lane::inline_, kNoBody, [](const Request& request) {
      return text(200, std::string(request.path) + "|" + std::string(request.query) + "|" +
                           std::string(request.header("x-own")) + "|" + std::string(request.request_id) + "|" +
                           std::string(request.peer_address) + "|" + (request.language == Language::en ? "en" : "ko"));
    });
    add(Method::get, "/nothing", Lane::inline_, kNoBody, [](const Request&) {
      Response response;
      response.status = 304;
      return response.header("ETag", "\"1\"");
    });
    add(Method::get, "/fixed", Lane::inline_, kNoBody, [](const Request&) {
      static const std::string bytes(300'000, 'f');
      Response response;
      response.fixed_body = bytes;
      return response;
    });
    add(Method::get, "/linked/{size}", Lane::inline_, kNoBody, [](const Request& request) {
      Response response;
      response.fixed_body = kLinkedBytes.substr(1, std::stoul(std::string(request.path_parameter("size"))));
      return response;
    });
    start();
  }
};

}  // namespace

TEST_CASE("Requests follow one another on a connection") {
  const Running server;
  auto peer = server.peer();
  for (int i = 0; i < 3; ++i) {
    const auto reply = peer.ask(TestServer::request("GET", "/hello"));
    CHECK(reply.status == 200);
    CHECK(reply.body == "hello");
    CHECK(reply.version == "HTTP/1.1");
    CHECK(reply.header("content-type") == "text/plain; charset=utf-8");
    CHECK(reply.header("x-request-id").size() == 16);
    CHECK(reply.header("date").size() == 29);
    CHECK(reply.header("connection").empty());
    CHECK(reply.header("server").empty());
  }
  CHECK(peer.ask(TestServer::request("POST", "/echo", "", "one")).body == "one");
  CHECK(peer.ask(TestServer::request("POST", "/echo", "", "two")).body == "two");
}

TEST_CASE("Bytes that are linked into the program arrive whole, on the same connection as others") {
  const Running server;
  auto peer = server.peer();
  for (const std::size_t size : {100U, 16'383U, 16'384U, 44'000U, 249'999U, 16'384U}) {
    const auto reply = peer.ask(TestServer::request("GET", "/linked/" + std::to_string(size)));
    CHECK(reply.status == 200);
    CHECK(reply.header("content-length") == std::to_string(size));
    CHECK((reply.body == kLinkedBytes.substr(1, size)));
    CHECK(peer.ask(TestServer::request("GET", "/hello")).body == "hello");
  }
  peer.send(TestServer::request("HEAD", "/linked/44000"));
  CHECK(peer.read(true).header("content-length") == "44000");
  // Many asked for before any is read: the socket takes a part only.
  constexpr int kMany = 40;
  std::string requests;
  for (int i = 0; i < kMany; ++i) requests += TestServer::request("GET", "/linked/249999");
  peer.send(requests);
  for (int i = 0; i < kMany; ++i) REQUIRE((peer.read().body == kLinkedBytes.substr(1)));
}

TEST_CASE("The request's wish ends the connection") {
  const Running server;
  auto peer = server.peer();
  const auto reply = peer.ask(TestServer::request("GET", "/hello", "Connection: close\r\n"));
  CHECK(reply.header("connection") == "close");
  CHECK(peer.at_end());
}

TEST_CASE("HTTP/1.0 closes unless asked to stay") {
  const Running server;
  auto peer = server.peer();
  auto reply = peer.ask("GET /hello HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  CHECK(reply.body == "hello");
  CHECK(reply.header("connection") == "keep-alive");
  reply = peer.ask("GET /hello HTTP/1.0\r\nAccept: x\r\n\r\n");
  CHECK(reply.body == "hello");
  CHECK(reply.header("connection") == "close");
  CHECK(peer.at_end());
  auto bare = server.peer();
  CHECK(bare.ask("GET /hello HTTP/1.0\r\n\r\n").body == "hello");
}

TEST_CASE("Requests sent ahead are answered in order, whatever lane they take") {
  const Running server;
  auto peer = server.peer();
  std::string all;
  for (int i = 0; i < 50; ++i) {
    all += TestServer::request("GET", "/query/" + std::to_string(i));
    all += TestServer::request("POST", "/echo", "", "body " + std::to_string(i));
    all += TestServer::request("GET", "/hello");
  }
  peer.send(all);
  for (int i = 0; i < 50; ++i) {
    CHECK(peer.read().body == std::to_string(i));
    CHECK(peer.read().body == "body " + std::to_string(i));
    CHECK(peer.read().body == "hello");
  }
}

TEST_CASE("A request that comes byte by byte is one request") {
  const Running server;
  auto peer = server.peer();
  for (const char byte : TestServer::request("POST", "/echo", "X-Own: a\r\n", "slow")) peer.send({&byte, 1});
  CHECK(peer.read().body == "slow");
  peer.send("\r\n");  // an empty line between requests is let pass
  CHECK(peer.ask(TestServer::request("GET", "/hello")).body == "hello");
}

TEST_CASE("HEAD is GET without the body") {
  const Running server;
  auto peer = server.peer();
  peer.send(TestServer::request("HEAD", "/hello"));
  const auto reply = peer.read(true);
  CHECK(reply.status == 200);
  CHECK(reply.header("content-length") == "5");
  CHECK(peer.ask(TestServer::request("GET", "/hello")).body == "hello");
}

TEST_CASE("OPTIONS, unknown methods and unknown paths") {
  const Running server;
  auto peer = server.peer();
  auto reply = peer.ask(TestServer::request("OPTIONS", "/hello"));
  CHECK(reply.status == 204);
  CHECK(reply.header("allow") == "GET, HEAD, OPTIONS");
  reply = peer.ask(TestServer::request("DELETE", "/echo"));
  CHECK(reply.status == 405);
  CHECK(reply.header("allow") == "POST, OPTIONS");
  CHECK(reply.body == R"({"resultCode":"F-405","message":"허용되지 않는 메서드입니다.","data":null})");
  CHECK(peer.ask(TestServer::request("BREW", "/echo")).status == 405);
  peer.send(TestServer::request("HEAD", "/echo"));
  CHECK(peer.read(true).status == 405);
  reply = peer.ask(TestServer::request("GET", "/nowhere", "Accept-Language: en\r\n"));
  CHECK(reply.status == 404);
  CHECK(reply.body == R"({"resultCode":"F-404","message":"There is nothing here.","data":null})");
  CHECK(peer.ask(TestServer::request("OPTIONS", "/nowhere")).status == 404);
}

TEST_CASE("A handler sees the request") {
  const Running server;
  const auto reply = server.get("/about?a=1&b=%20", "x-OWN: mine\r\nAccept-Language: en\r\n");
  CHECK(reply.body == "/about|a=1&b=%20|mine|" + reply.header("x-request-id") + "|127.0.0.1|en");
  CHECK(server.get("http://elsewhere.example/about?q").body.starts_with("/about|q|"));
}

TEST_CASE("Large and empty answers") {
  const Running server;
  auto peer = server.peer();
  CHECK(peer.ask(TestServer::request("GET", "/fixed")).body == std::string(300'000, 'f'));
  const auto unchanged = peer.ask(TestServer::request("GET", "/nothing"));
  CHECK(unchanged.status == 304);
  CHECK(unchanged.header("content-length").empty());
  CHECK(unchanged.header("etag") == "\"1\"");
  const std::string large(700'000, 'b');
  CHECK(peer.ask(TestServer::request("POST", "/echo", "", large)).body == large);
}

TEST_CASE("Bodies in chunks, and bodies that wait for leave") {
  const Running server;
  auto peer = server.peer();
  const auto chunked = TestServer::request("POST", "/echo", "Transfer-Encoding: chunked\r\n");
  CHECK(peer.ask(chunked + "3\r\nabc\r\n4;x=y\r\ndefg\r\n0\r\nTrailer: t\r\n\r\n").body == "abcdefg");
  CHECK(peer.ask(chunked + "0\r\n\r\n").body.empty());
  peer.send(TestServer::request("POST", "/echo", "Expect: 100-continue\r\nContent-Length: 4\r\n"));
  CHECK(peer.read().status == 100);
  CHECK(peer.ask("body").body == "body");
  // Sent at once, no leave is needed.
  CHECK(peer.ask(TestServer::request("POST", "/echo", "Expect: 100-continue\r\n", "body")).body == "body");
}

TEST_CASE("Management has its own port, routes and no place among users") {
  Running server;
  CHECK(Peer(server.management_port).ask(TestServer::request("GET", "/hello")).status == 404);
  CHECK(eventually(
      [&] { return server.measures("dontgoback_http_requests_total{route=\"none\",method=\"any\",code=\"404\"} 1"); }));
}

TEST_CASE("One more address has routes of its own, and its clients are counted with all others") {
  TestServer server;
  server.settings.max_connections = 1;
  server.add(Method::get, "/hello", Lane::inline_, kNoBody, [](const Request&) { return text(200, "hello"); });
  RouteTable others;
  others.add({Method::get, "/other", Access::anyone(), Lane::inline_, kNoBody,
              [](const Request&) { return text(200, "other"); }});
  std::string bound;
  server.start([&](Server& one) { bound = one.listen("127.0.0.1:0", others); });
  const auto port = static_cast<unsigned short>(std::stoi(bound.substr(bound.rfind(':') + 1)));
  REQUIRE(port != server.port);
  CHECK(Peer(port).ask(TestServer::request("GET", "/other")).body == "other");
  // There is place for one: the next is let in when the server has seen that the last has gone.
  CHECK(eventually([&] { return Peer(port).ask(TestServer::request("GET", "/hello")).status == 404; }));
  CHECK(eventually([&] { return server.get("/hello").status == 200; }));
  CHECK(eventually([&] { return server.get("/other").status == 404; }));
  const auto are_open = [&](int count) {
    return eventually([&] { return server.measures("dontgoback_http_connections " + std::to_string(count)); });
  };
  REQUIRE(are_open(0));
  auto busy = Peer(port);
  busy.send("GET /other HTTP/1.1\r\n");
  REQUIRE(are_open(1));
  // The place is one for both: who waits at the one address makes it for who comes to the other.
  CHECK(eventually([&] { return server.get("/hello").status == 200; }));
  CHECK(are_open(0));
  busy.close();
  CHECK_THROWS_AS(server.server->listen(bound, others), std::system_error);
  CHECK(server.server->drain(std::chrono::seconds(1)));
}

TEST_CASE("An address that is none, or is taken, is refused at once") {
  Running server;
  const auto with = [&](const std::string& listen) {
    ServerSettings settings;
    settings.listen = {listen};
    const Server other(settings, server.routes, server.management, server.metrics);
  };
  CHECK_THROWS_AS(with("127.0.0.1"), std::invalid_argument);
  CHECK_THROWS_AS(with("somewhere:80"), std::invalid_argument);
  CHECK_THROWS_AS(with("127.0.0.1:99999"), std::invalid_argument);
  CHECK_THROWS_AS(with("127.0.0.1:" + std::to_string(server.port)), std::system_error);
}

TEST_CASE("Many clients at once") {
  const Running server;
  std::vector<std::thread> clients;
  std::atomic<int> right{0};
  for (int client = 0; client < 8; ++client) {
    clients.emplace_back([&, client] {
      auto peer = server.peer();
      for (int i = 0; i < 50; ++i) {
        const auto word = std::to_string(client) + "-" + std::to_string(i);
        right += peer.ask(TestServer::request("GET", "/query/" + word)).body == word;
        right += peer.ask(TestServer::request("POST", "/echo", "", word)).body == word;
      }
    });
  }
  for (auto& client : clients) client.join();
  CHECK(right == 8 * 50 * 2);
}
