#include <catch2/catch.hpp>

#include "test_server.hpp"

using namespace dontgoback::http;
using namespace dontgoback::http::testing;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

struct Draining : TestServer {
  Draining() {
    add(Method::post, "/work", Lane::command, 100, [this](const Request&) {
      ++running;
      gate.wait();
      return text(201, "kept");
    });
    add(Method::get, "/hello", Lane::inline_, kNoBody, [](const Request&) { return text(200, "hello"); });
    add(Method::get, "/hold", Lane::inline_, kNoBody, [this](const Request&) {
      ++running;
      gate.wait();
      return text(200, "held");
    });
    add(Method::get, "/events", Lane::inline_, kNoBody, [this](const Request&) {
      Response response;
      response.stream = [this](std::shared_ptr<Stream> begun) { stream.set_value(std::move(begun)); };
      return response;
    });
    management.add({Method::get, "/readyz", Access::anyone(), Lane::inline_, kNoBody,
                    [](const Request&) { return text(503, "draining"); }});
    start();
  }
  ~Draining() { stop(); }

  Gate gate;
  std::atomic<int> running{0};
  std::promise<std::shared_ptr<Stream>> stream;
};

}  // namespace

TEST_CASE("Draining takes no more, ends the idle and finishes what was begun") {
  Draining server;
  auto idle = server.peer();
  REQUIRE(idle.ask(TestServer::request("GET", "/hello")).status == 200);
  auto fresh = server.peer();
  auto working = server.peer();
  // The second request of this client was sent, but never begun: it must not be answered after all else has ended.
  working.send(TestServer::request("POST", "/work", "", "x") + TestServer::request("GET", "/hello"));
  auto uploading = server.peer();
  uploading.send("POST /work HTTP/1.1\r\nHost: t\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
  REQUIRE(uploading.read().status == 100);  // the server has begun with it
  uploading.send("a");
  auto listening = server.peer();
  listening.send(TestServer::request("GET", "/events"));
  const auto stream = server.stream.get_future().get();
  REQUIRE(eventually([&] { return server.running == 1; }));

  auto drained = std::async(std::launch::async, [&] { return server.server->drain(seconds(20)); });
  CHECK(idle.at_end());
  CHECK(fresh.at_end());
  CHECK(eventually([&] { return !stream->open(); }));
  listening.read_head();
  CHECK(listening.read_chunk().empty());
  CHECK_FALSE(can_connect(server.port));
  CHECK(Peer(server.management_port).ask(TestServer::request("GET", "/readyz")).status == 503);
  CHECK(drained.wait_for(milliseconds(0)) == std::future_status::timeout);

  uploading.send("b");
  server.gate.open();
  const auto kept = working.read();
  CHECK(kept.status == 201);
  CHECK(kept.header("connection") == "close");
  CHECK(working.at_end());
  CHECK(uploading.read().status == 201);
  CHECK(drained.get());
}

TEST_CASE("Draining answers what had arrived and was not read yet") {
  Draining server;
  // Peers are dealt to the two loops in turn; the first loop accepts them, the second is held up.
  const auto hello = TestServer::request("GET", "/hello");
  const auto on_first_loop = [&] { REQUIRE(server.peer().ask(hello).status == 200); };
  on_first_loop();
  auto used = server.peer();
  REQUIRE(used.ask(hello).status == 200);
  on_first_loop();
  auto holding = server.peer();
  holding.send(TestServer::request("GET", "/hold"));
  REQUIRE(eventually([&] { return server.running == 1; }));
  used.send(hello);
  on_first_loop();
  auto fresh = server.peer();
  fresh.send(hello);
  on_first_loop();
  auto drained = std::async(std::launch::async, [&] { return server.server->drain(seconds(20)); });
  REQUIRE(eventually([&] { return !can_connect(server.port); }));

  server.gate.open();
  CHECK(holding.read().status == 200);
  for (auto* late : {&used, &fresh}) {
    const auto reply = late->read();
    CHECK(reply.status == 200);
    CHECK(reply.header("connection") == "close");
    CHECK(late->at_end());
  }
  CHECK(drained.get());
}

TEST_CASE("Draining answers who had connected and asks a moment later") {
  Draining server;
  const auto hello = TestServer::request("GET", "/hello");
  auto kept = server.peer();
  REQUIRE(kept.ask(hello).status == 200);
  auto fresh = server.peer();
  auto silent = server.peer();
  REQUIRE(server.peer().ask(hello).status == 200);  // the door has taken those before
  auto drained = std::async(std::launch::async, [&] { return server.server->drain(seconds(20)); });
  REQUIRE(eventually([&] { return !can_connect(server.port); }));

  for (auto* late : {&kept, &fresh}) {
    const auto reply = late->ask(hello);
    CHECK(reply.status == 200);
    CHECK(reply.header("connection") == "close");
    CHECK(late->at_end());
  }
  CHECK(silent.at_end());
  CHECK(drained.get());
}

TEST_CASE("Draining ends at its limit, and the server with it") {
  Draining server;
  auto working = server.peer();
  working.send(TestServer::request("POST", "/work", "", "x"));
  REQUIRE(eventually([&] { return server.running == 1; }));
  CHECK_FALSE(server.server->drain(milliseconds(1)));
  server.gate.open();
  server.server.reset();
}

TEST_CASE("A server that never ran ends") {
  Draining server;
  server.server.reset();
  ServerSettings settings;
  settings.listen = {"127.0.0.1:0"};
  Server never(settings, server.routes, server.management, server.metrics);
  CHECK(never.management_address().empty());
  CHECK(never.drain(milliseconds(1)));
}
