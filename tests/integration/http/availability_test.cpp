// What one stranger can use up: memory, places, time.
#include <sys/socket.h>

#include <catch2/catch.hpp>

#include "test_server.hpp"

using namespace dontgoback;
using namespace dontgoback::http;
using namespace dontgoback::http::testing;
using std::chrono::milliseconds;

namespace {

class Everybody final : public Authenticator {
 public:
  Result<Identity> authenticate(const Request&) const override {
    Identity identity;
    identity.kind = Identity::Kind::account;
    identity.user = UserId{7};
    return identity;
  }
};

struct Busy : TestServer {
  Busy() {
    settings.io_threads = 1;  // of several, one may begin to wait only after its client has gone on
    const auto handler = [](const Request& request) { return text(200, std::to_string(request.body.size())); };
    routes.add({Method::post, "/known", Access::account(everybody), Lane::inline_, kLimit, handler});
    routes.add({Method::post, "/anyone", Access::anyone(), Lane::inline_, kLimit, handler});
    add(Method::get, "/hello", Lane::inline_, kNoBody, [](const Request&) { return text(200, "hello"); });
  }
  ~Busy() { stop(); }
  static constexpr std::size_t kLimit = 1'000'000;
  static std::string begun(std::string_view path, std::size_t announced, std::size_t sent) {
    return request("POST", path, "Content-Length: " + std::to_string(announced) + "\r\n") + std::string(sent, 'b');
  }
  bool holds(std::size_t bytes) const {
    return measures("dontgoback_http_memory_bytes " + std::to_string(bytes) + "\n");
  }
  Everybody everybody;
};

constexpr std::size_t kBlock = 4096;
const std::string kHello = TestServer::request("GET", "/hello");

}  // namespace

TEST_CASE("A body takes what has arrived of it, whatever was announced") {
  Busy server;
  server.start();
  auto peer = server.peer();
  peer.send(Busy::begun("/known", 900'000, 100));
  CHECK(eventually([&] { return server.holds(1024 + kBlock); }));
  peer.close();
  CHECK(eventually([&] { return server.holds(0); }));
}

TEST_CASE("Large bodies and strangers fill half of the memory, members' posts go on") {
  Busy server;
  server.settings.memory = 128 * 1024;
  server.start();
  const std::string path = GENERATE("/known", "/anyone");
  auto large = server.peer();
  large.send(Busy::begun(path, 900'000, 900'000));
  const auto refused = large.read();
  CHECK(refused.status == 503);
  CHECK(refused.header("retry-after") == "1");
  CHECK(refused.header("connection") == "close");
  CHECK(server.measures("dontgoback_http_memory_refused_total 1"));

  auto held = server.peer();
  held.send(Busy::begun(path, 900'000, 40'000));
  REQUIRE(eventually([&] { return !server.holds(0); }));
  auto second = server.peer();
  second.send(Busy::begun("/anyone", 900'000, 40'000));
  CHECK(second.read().status == 503);

  auto post = server.peer();
  post.send(Busy::begun("/known", 7000, 6000));
  post.send(std::string(1000, 'b'));
  CHECK(post.read().body == "7000");
  CHECK(post.ask(TestServer::request("POST", "/anyone", "", std::string(3000, 'b'))).body == "3000");
}

TEST_CASE("A large head takes memory of all, a small one has its own") {
  Busy server;
  server.settings.memory = 1024;
  server.start();
  CHECK(server.get("/hello", "X: " + std::string(3000, 'x') + "\r\n").status == 200);
  const auto refused = server.get("/hello", "X: " + std::string(5000, 'x') + "\r\n");
  CHECK(refused.status == 503);
  CHECK(refused.header("retry-after") == "1");
}

TEST_CASE("Pipelined requests and bodies in pieces leave nothing behind") {
  Busy server;
  server.start();
  auto peer = server.peer();
  const auto post = TestServer::request("POST", "/known", "", std::string(6000, 'b'));
  peer.send(post + post + kHello + post);
  for (const auto* body : {"6000", "6000", "hello", "6000"}) CHECK(peer.read().body == body);
  const auto chunked = TestServer::request("POST", "/known", "Transfer-Encoding: chunked\r\n");
  peer.send(chunked + "3");
  peer.send("\r\nabc\r");
  peer.send("\n0\r\n\r\n" + kHello);
  CHECK(peer.read().body == "3");
  CHECK(peer.read().body == "hello");
  CHECK(eventually([&] { return server.holds(0); }));
}

TEST_CASE("An answer that is not taken is held within the memory, or cut off") {
  Busy server;
  server.add(Method::get, "/large", Lane::inline_, kNoBody,
             [](const Request&) { return text(200, std::string(32 * 1024 * 1024, 'l')); });
  const bool fits = GENERATE(true, false);
  server.settings.memory = fits ? 80 * 1024 * 1024 : 1024 * 1024;
  server.start();
  auto peer = server.peer();
  peer.send(TestServer::request("GET", "/large"));
  if (fits) {
    CHECK(peer.read().body.size() == 32 * 1024 * 1024);
  } else {
    CHECK(peer.discard_all() < 32 * 1024 * 1024);
    CHECK(server.measures("dontgoback_http_memory_refused_total 1"));
  }
}

TEST_CASE("Who takes an answer a little at a time is cut off when its time is over") {
  Busy server;
  static const std::string large(64 * 1024 * 1024, 'l');
  server.add(Method::get, "/large", Lane::inline_, kNoBody, [](const Request&) {
    Response response;
    response.fixed_body = large;
    return response;
  });
  server.settings.limits.answer = milliseconds(200);
  server.settings.limits.slowest_reader = 1'000'000'000;
  server.start();
  auto peer = server.peer();
  peer.send(TestServer::request("GET", "/large"));
  std::array<char, 64> bytes;
  REQUIRE(::recv(peer.descriptor(), bytes.data(), bytes.size(), 0) > 0);  // it has begun
  CHECK(eventually([&] {
    ::recv(peer.descriptor(), bytes.data(), bytes.size(), MSG_DONTWAIT);
    return server.measures("dontgoback_http_connections 0");
  }));
  CHECK(peer.discard_all() < large.size());
}

TEST_CASE("A stream ends when its time is over, though its client takes everything") {
  std::promise<std::shared_ptr<Stream>> started;
  TestServer server;
  server.add(Method::get, "/events", Lane::inline_, kNoBody, [&](const Request&) {
    Response response;
    response.stream = [&](std::shared_ptr<Stream> stream) { started.set_value(std::move(stream)); };
    return response;
  });
  server.settings.limits.stream = milliseconds(100);
  server.settings.limits.answer = milliseconds(1);
  server.start();
  auto peer = server.peer();
  peer.send(TestServer::request("GET", "/events"));
  CHECK(peer.read_head().status == 200);
  const auto stream = started.get_future().get();
  CHECK(stream->send("data: one\n\n"));
  CHECK(peer.read_chunk() == "data: one\n\n");
  CHECK(peer.read_chunk().empty());
  CHECK_FALSE(stream->open());
  CHECK(peer.at_end());
}

TEST_CASE("When all places are taken the longest idle goes") {
  Busy server;
  server.settings.max_connections = 3;
  server.start();
  auto oldest = server.peer();
  CHECK(oldest.ask(kHello).status == 200);
  auto half = server.peer();
  half.send("GET /hello HTTP/1.1\r\nHost:");
  REQUIRE(eventually([&] { return server.measures("dontgoback_http_connections 2"); }));
  auto active = server.peer();
  CHECK(active.ask(kHello).status == 200);

  auto fourth = server.peer();
  CHECK(fourth.ask(kHello).status == 200);
  CHECK(oldest.at_end());
  auto fifth = server.peer();
  CHECK(fifth.ask(kHello).status == 200);
  CHECK(half.at_end());
  for (auto* peer : {&active, &fourth, &fifth}) CHECK(peer->ask(kHello).status == 200);
  CHECK(server.measures("dontgoback_http_connections_ended_for_place_total 2"));
  CHECK(server.measures("dontgoback_http_connections_refused_total{reason=\"all\"} 0"));
}

TEST_CASE("A slow sender of a body makes place, too") {
  Busy server;
  server.settings.max_connections = 1;
  server.start();
  auto slow = server.peer();
  slow.send(Busy::begun("/anyone", 100, 10));
  REQUIRE(eventually([&] { return !server.holds(0); }));
  CHECK(server.get("/hello").status == 200);
  CHECK(slow.at_end());
}

TEST_CASE("Who was refused and goes on sending makes place, too") {
  Busy server;
  server.settings.max_connections = 1;
  server.start();
  auto refused = server.peer();
  CHECK(refused.ask(Busy::begun("/nowhere", 100, 10)).status == 404);
  CHECK(server.get("/hello").status == 200);
}

TEST_CASE("An address has so many connections, a trusted proxy any number") {
  Busy server;
  const bool trusted = GENERATE(false, true);
  server.settings.max_per_address = 2;
  if (trusted) server.settings.trusted_proxies = {"127.0.0.0/8"};
  server.start();
  auto first = server.peer();
  CHECK(first.ask(kHello).status == 200);
  auto second = server.peer();
  CHECK(second.ask(kHello).status == 200);
  auto third = server.peer();
  CHECK(third.ask(kHello).status == 200);
  CHECK(second.ask(kHello).status == 200);
  if (trusted) {
    CHECK(first.ask(kHello).status == 200);
  } else {
    CHECK(first.at_end());
  }
}

TEST_CASE("For one of a full address only one of that address goes") {
  Busy server;
  server.settings.max_per_address = 1;
  server.start();
  auto neighbour = server.peer();  // has waited longest
  CHECK(neighbour.ask(kHello).status == 200);
  const auto from_other = [&] { return Peer::from("127.0.0.2", server.port); };
  auto first = from_other();
  CHECK(first.ask(kHello).status == 200);
  auto second = from_other();
  CHECK(second.ask(kHello).status == 200);
  CHECK(first.at_end());
  CHECK(neighbour.ask(kHello).status == 200);
}

TEST_CASE("A held answer counts until it is taken, of a large one also a member's in the strangers' half only") {
  Busy server;
  constexpr std::size_t kLarge = 32 * 1024 * 1024;
  const auto large = [](const Request&) { return text(200, std::string(kLarge, 'l')); };
  server.routes.add({Method::get, "/large", Access::account(server.everybody), Lane::inline_, kNoBody, large});
  const bool fits = GENERATE(true, false);
  server.settings.memory = 2 * kLarge + (fits ? 1024 * 1024 : -1024 * 1024);
  server.start();
  auto peer = server.peer();
  peer.send(TestServer::request("GET", "/large"));
  if (!fits) {
    CHECK(peer.discard_all() < kLarge);
    CHECK(server.measures("dontgoback_http_memory_refused_total 1"));
    return;
  }
  CHECK(peer.read().body.size() == kLarge);
  CHECK(peer.ask(kHello).body == "hello");  // the connection stays, what it held does not
  CHECK(server.holds(0));
}

TEST_CASE("Nobody who is being answered makes place, and whoever comes is told") {
  Gate gate;
  std::atomic<int> running{0};
  Busy server;
  server.add(Method::get, "/wait", Lane::command, kNoBody, [&](const Request&) {
    ++running;
    gate.wait();
    return text(200, "done");
  });
  const bool of_address = GENERATE(false, true);
  (of_address ? server.settings.max_per_address : server.settings.max_connections) = 2;
  server.start();
  auto first = server.peer();
  auto second = server.peer();
  for (auto* peer : {&first, &second}) peer->send(TestServer::request("GET", "/wait"));
  REQUIRE(eventually([&] { return running == 2; }));
  auto third = server.peer();
  const auto refused = third.ask(kHello);
  CHECK(refused.status == 503);
  CHECK(refused.header("retry-after") == "1");
  CHECK(server.measures(std::string("dontgoback_http_connections_refused_total{reason=\"") +
                        (of_address ? "address" : "all") + "\"} 1"));
  gate.open();
  CHECK(first.read().body == "done");
  CHECK(second.read().body == "done");
}
