#include <catch2/catch.hpp>

#include "test_server.hpp"

using namespace dontgoback::http;
using namespace dontgoback::http::testing;

namespace {

struct Streaming : TestServer {
  Streaming() {
    add(Method::get, "/events", Lane::query, kNoBody, [this](const Request&) {
      Response response;
      response.content_type = "text/event-stream";
      response.stream = [this](std::shared_ptr<Stream> stream) { started.set_value(std::move(stream)); };
      return response;
    });
    start();
  }
  ~Streaming() { stop(); }
  std::shared_ptr<Stream> begun() { return started.get_future().get(); }

  std::promise<std::shared_ptr<Stream>> started;
};

/// Any number of streams.
struct Streams : TestServer {
  Streams() {
    add(Method::get, "/events", Lane::inline_, kNoBody, [this](const Request&) {
      Response response;
      response.stream = [this](std::shared_ptr<Stream> stream) {
        const std::lock_guard lock(mutex);
        open.push_back(std::move(stream));
      };
      return response;
    });
    add(Method::get, "/hello", Lane::inline_, kNoBody, [](const Request&) { return text(200, "hello"); });
  }
  ~Streams() { stop(); }

  std::vector<std::shared_ptr<Stream>> all() {
    const std::lock_guard lock(mutex);
    return open;
  }
  std::size_t count() { return all().size(); }

  std::mutex mutex;
  std::vector<std::shared_ptr<Stream>> open;
};

}  // namespace

TEST_CASE("A stream arrives chunk by chunk and ends") {
  Streaming server;
  auto peer = server.peer();
  peer.send(TestServer::request("GET", "/events"));
  const auto head = peer.read_head();
  CHECK(head.status == 200);
  CHECK(head.header("transfer-encoding") == "chunked");
  CHECK(head.header("content-type") == "text/event-stream");
  CHECK(head.header("connection") == "close");
  const auto stream = server.begun();
  CHECK(stream->open());
  CHECK(stream->send("data: one\n\n"));
  CHECK(peer.read_chunk() == "data: one\n\n");
  CHECK(stream->send("data: two\n\n"));
  CHECK(peer.read_chunk() == "data: two\n\n");
  CHECK(stream->send("last"));
  stream->close();
  CHECK_FALSE(stream->open());
  CHECK_FALSE(stream->send("too late"));
  CHECK(peer.read_chunk() == "last");
  CHECK(peer.read_chunk().empty());
  CHECK(peer.at_end());
}

TEST_CASE("An HTTP/1.0 client gets the bytes alone") {
  Streaming server;
  auto peer = server.peer();
  peer.send("GET /events HTTP/1.0\r\nHost: t\r\n\r\n");
  CHECK(peer.read_head().header("transfer-encoding").empty());
  const auto stream = server.begun();
  stream->send("data: one\n\n");
  CHECK(peer.read_until("\n\n") == "data: one");
  stream->close();
  CHECK(peer.at_end());
}

TEST_CASE("HEAD of a stream starts none") {
  Streaming server;
  auto peer = server.peer();
  peer.send(TestServer::request("HEAD", "/events"));
  CHECK(peer.read(true).header("transfer-encoding") == "chunked");
  CHECK(peer.at_end());
  CHECK(server.started.get_future().wait_for(std::chrono::seconds(0)) == std::future_status::timeout);
}

TEST_CASE("A client that leaves is noticed") {
  Streaming server;
  const bool with_reset = GENERATE(false, true);
  auto peer = server.peer();
  peer.send(TestServer::request("GET", "/events"));
  const auto stream = server.begun();
  REQUIRE(stream->send("x"));
  peer.read_head();
  CHECK(peer.read_chunk() == "x");
  if (with_reset) {
    peer.reset();
  } else {
    peer.close();
  }
  CHECK(eventually([&] { return !stream->open(); }));
  CHECK_FALSE(stream->send("y"));
  CHECK(eventually([&] { return server.measures("dontgoback_http_connections 0"); }));
}

TEST_CASE("A client that falls too far behind is cut off") {
  Streaming server;
  auto peer = server.peer();
  peer.send(TestServer::request("GET", "/events"));
  const auto stream = server.begun();
  std::size_t taken = 0;
  while (stream->send(std::string(1024, 'x'))) ++taken;
  CHECK(taken >= 63);
  CHECK_FALSE(stream->open());
  CHECK(eventually([&] { return server.measures("dontgoback_http_connections 0"); }));
}

TEST_CASE("One text goes out to many, and is kept by none of them") {
  Streams server;
  server.start();
  std::vector<Peer> peers;
  for (int i = 0; i < 5; ++i) {
    peers.push_back(server.peer());
    peers.back().send(TestServer::request("GET", "/events"));
    CHECK(peers.back().read_head().status == 200);
  }
  CHECK(eventually([&] { return server.count() == peers.size(); }));
  const auto text = std::make_shared<const std::string>("data: all\n\n");
  for (const auto& stream : server.all()) CHECK(stream->send(text));
  for (auto& peer : peers) CHECK(peer.read_chunk() == *text);
  CHECK(eventually([&] { return text.use_count() == 1; }));
  // An empty one is no end.
  for (const auto& stream : server.all()) CHECK((stream->send(std::string()) && stream->send(text)));
  for (auto& peer : peers) CHECK(peer.read_chunk() == *text);
}

TEST_CASE("A client that takes nothing does not make many short texts wait either") {
  Streaming server;
  auto peer = server.peer();
  peer.send(TestServer::request("GET", "/events"));
  const auto stream = server.begun();
  const auto text = std::make_shared<const std::string>(":\n\n");
  while (stream->send(text)) continue;
  CHECK(eventually([&] { return text.use_count() == 1; }));
}

TEST_CASE("Several threads send into one stream, each chunk whole") {
  Streaming server;
  auto peer = server.peer();
  peer.send(TestServer::request("GET", "/events"));
  const auto stream = server.begun();
  std::vector<std::thread> senders;
  for (const char letter : {'a', 'b', 'c', 'd'}) {
    senders.emplace_back([&stream, letter] {
      for (int i = 0; i < 100; ++i) stream->send(std::string(9, letter) + "\n");
    });
  }
  for (auto& sender : senders) sender.join();
  stream->close();
  peer.read_head();
  std::string all;
  for (auto chunk = peer.read_chunk(); !chunk.empty(); chunk = peer.read_chunk()) all += chunk;
  REQUIRE(all.size() == 4 * 100 * 10);
  for (std::size_t i = 0; i < all.size(); i += 10) CHECK(all.substr(i, 10) == std::string(9, all[i]) + "\n");
}

TEST_CASE("A stream kept past the server only says that it has ended") {
  std::shared_ptr<Stream> kept;
  {
    Streaming server;
    auto peer = server.peer();
    peer.send(TestServer::request("GET", "/events"));
    kept = server.begun();
    CHECK(kept->open());
  }
  CHECK_FALSE(kept->open());
  CHECK_FALSE(kept->send("x"));
  kept->close();
}

TEST_CASE("Streams leave connections to requests, of all and of an address") {
  const bool of_address = GENERATE(false, true);
  Streams server;
  (of_address ? server.settings.max_per_address : server.settings.max_connections) = 8;
  server.start();
  std::vector<Peer> peers;
  for (int i = 0; i < 7; ++i) {
    peers.push_back(server.peer());
    peers.back().send(TestServer::request("GET", "/events"));
    CHECK(peers.back().read_head().status == 200);
  }
  CHECK(server.measures("dontgoback_http_streams 7"));
  const auto refused = server.get("/events");
  CHECK(refused.status == 503);
  CHECK(refused.header("retry-after") == "30");
  REQUIRE(eventually([&] { return server.measures("dontgoback_http_connections 7"); }));
  CHECK(server.get("/hello").status == 200);
  CHECK(server.measures("dontgoback_http_streams_refused_total 1"));

  peers.back().close();
  CHECK(eventually([&] { return server.measures("dontgoback_http_streams 6"); }));
  auto next = server.peer();
  next.send(TestServer::request("GET", "/events"));
  CHECK(next.read_head().status == 200);
}

TEST_CASE("How many streams there may be can be said") {
  Streams server;
  server.settings.max_streams = 1;
  server.start();
  auto first = server.peer();
  first.send(TestServer::request("GET", "/events"));
  CHECK(first.read_head().status == 200);
  CHECK(server.get("/events").status == 503);
}

TEST_CASE("A stream whose start fails ends the answer") {
  TestServer server;
  server.add(Method::get, "/fails", Lane::inline_, kNoBody, [](const Request&) {
    Response response;
    response.stream = [](std::shared_ptr<Stream>) { throw std::runtime_error("no"); };
    return response;
  });
  server.start();
  auto peer = server.peer();
  peer.send(TestServer::request("GET", "/fails"));
  peer.read_head();
  CHECK(peer.read_chunk().empty());
  CHECK(peer.at_end());
}
