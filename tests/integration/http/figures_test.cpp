#include <catch2/catch.hpp>

#include "test_server.hpp"

using namespace dontgoback::http;
using namespace dontgoback::http::testing;

namespace {

struct Answering : TestServer {
  Answering() {
    add(Method::get, "/things/{thingId}", Lane::query, kNoBody,
        [](const Request& request) { return text(request.path.ends_with('7') ? 404 : 200, "a thing"); });
    add(Method::get, "/events", Lane::inline_, kNoBody, [](const Request&) {
      Response response;
      response.stream = [](const std::shared_ptr<Stream>& stream) { stream->close(); };
      return response;
    });
    start();
  }

  std::size_t lines(std::string_view beginning) const {
    std::size_t count = 0;
    const auto all = metrics.text();
    for (auto at = all.find(beginning); at != std::string::npos; at = all.find(beginning, at + 1)) ++count;
    return count;
  }
};

}  // namespace

TEST_CASE("Requests are counted and timed by their route, whatever their path") {
  Answering server;
  for (int i = 0; i < 10; ++i) CHECK(server.get("/things/" + std::to_string(i)).status == (i == 7 ? 404 : 200));
  CHECK(eventually([&] {
    return server.measures(
        "dontgoback_http_requests_total{route=\"/things/{thingId}\",method=\"GET\",code=\"200\"} 9\n");
  }));
  CHECK(server.measures("dontgoback_http_requests_total{route=\"/things/{thingId}\",method=\"GET\",code=\"404\"} 1\n"));
  CHECK(
      server.measures("dontgoback_http_request_duration_seconds_bucket{route=\"/things/{thingId}\",method=\"GET\","
                      "le=\"+Inf\"} 10\n"));
  CHECK(server.measures(
      "dontgoback_http_request_duration_seconds_count{route=\"/things/{thingId}\",method=\"GET\"} 10\n"));
}

TEST_CASE("Strangers' paths, methods and hosts make no series of their own") {
  Answering server;
  for (int i = 0; i < 20; ++i) CHECK(server.get("/nothing" + std::to_string(i)).status == 404);
  for (const auto* method : {"POST", "BREW", "PUT"}) {
    auto peer = server.peer();
    CHECK(peer.ask(TestServer::request(method, "/things/1")).status == 405);
  }
  auto peer = server.peer();
  CHECK(peer.ask("nonsense\r\n\r\n").status == 400);
  CHECK(eventually([&] {
    return server.measures("dontgoback_http_requests_total{route=\"none\",method=\"any\",code=\"400\"} 1\n");
  }));
  CHECK(server.measures("dontgoback_http_requests_total{route=\"none\",method=\"any\",code=\"404\"} 20\n"));
  CHECK(server.measures("dontgoback_http_requests_total{route=\"none\",method=\"any\",code=\"405\"} 3\n"));
  CHECK(server.lines("\ndontgoback_http_requests_total{") == 3);
  CHECK(server.lines("\ndontgoback_http_request_duration_seconds_count{") == 0);
}

TEST_CASE("A stream is counted, and its length is no latency") {
  Answering server;
  auto peer = server.peer();
  peer.send(TestServer::request("GET", "/events"));
  CHECK(peer.read_head().status == 200);
  CHECK(eventually([&] {
    return server.measures("dontgoback_http_requests_total{route=\"/events\",method=\"GET\",code=\"200\"} 1\n");
  }));
  CHECK(server.lines("\ndontgoback_http_request_duration_seconds_count{route=\"/events\"") == 0);
}
