// Where the limits are, and what is said past them.
#include <poll.h>
#include <sys/resource.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "dontgoback/telemetry/log.hpp"
#include "test_server.hpp"

using namespace dontgoback::http;
using namespace dontgoback::http::testing;
using std::chrono::milliseconds;

namespace {

void add_echo(TestServer& server) {
  server.add(Method::post, "/echo", Lane::inline_, 100,
             [](const Request& request) { return text(200, std::string(request.body)); });
  server.add(Method::get, "/hello", Lane::inline_, kNoBody, [](const Request&) { return text(200, "hello"); });
}

}  // namespace

TEST_CASE("A head over 16 KiB or 64 fields is 431") {
  TestServer server;
  add_echo(server);
  server.start();
  const auto with_field = [](std::size_t size) {
    return TestServer::request("GET", "/hello", "X: " + std::string(size, 'x') + "\r\n");
  };
  const auto overhead = with_field(0).size();
  CHECK(server.peer().ask(with_field(16 * 1024 - overhead)).status == 200);
  for (const auto size : {16 * 1024 - overhead + 1, std::size_t{20'000}, std::size_t{200'000}}) {
    auto peer = server.peer();
    const auto reply = peer.ask(with_field(size));
    CHECK(reply.status == 431);
    CHECK(reply.body.find("F-431") != std::string::npos);
    CHECK(reply.header("connection") == "close");
    peer.close();
  }
  std::string many;
  for (int i = 0; i < 63; ++i) many += "A: b\r\n";
  CHECK(server.get("/hello", many).status == 200);
  CHECK(server.get("/hello", many + "A: b\r\n").status == 431);
}

TEST_CASE("A path over 2 KiB is 400, a long query is the head's business") {
  TestServer server;
  add_echo(server);
  server.start();
  CHECK(server.get("/" + std::string(2047, 'p')).status == 404);
  CHECK(server.get("/" + std::string(2048, 'p')).status == 400);
  CHECK(server.get("/hello?" + std::string(8000, 'q')).status == 200);
}

TEST_CASE("A body over the route's limit is 413, however it comes") {
  TestServer server;
  add_echo(server);
  server.start();
  const auto chunked = TestServer::request("POST", "/echo", "Transfer-Encoding: chunked\r\n");
  CHECK(server.peer().ask(TestServer::request("POST", "/echo", "", std::string(100, 'b'))).status == 200);
  CHECK(server.peer().ask(chunked + "64\r\n" + std::string(100, 'b') + "\r\n0\r\n\r\n").status == 200);
  const std::string too_large =
      GENERATE_COPY(TestServer::request("POST", "/echo", "", std::string(101, 'b')),
                    TestServer::request("POST", "/echo", "", std::string(3'000'000, 'b')),
                    TestServer::request("POST", "/echo", "Content-Length: 18446744073709551615\r\n"),
                    TestServer::request("POST", "/echo", "Expect: 100-continue\r\nContent-Length: 101\r\n"),
                    chunked + "65\r\n" + std::string(101, 'b') + "\r\n0\r\n\r\n",
                    chunked + "32\r\n" + std::string(50, 'b') + "\r\n33\r\n" + std::string(51, 'b') + "\r\n0\r\n\r\n",
                    chunked + "FFFFFFFFFFFFFFFF\r\n" + std::string(200, 'b'),
                    TestServer::request("GET", "/hello", "", "a body where none is taken"),
                    TestServer::request("GET", "/hello", "Transfer-Encoding: chunked\r\n") + "1\r\na\r\n0\r\n\r\n");
  INFO(too_large.substr(0, 120));
  const auto reply = server.peer().ask(too_large);
  CHECK(reply.status == 413);
  CHECK(reply.body.find("F-413") != std::string::npos);
  CHECK(reply.header("connection") == "close");
}

TEST_CASE("An answer that comes before the body is read to the end ends the connection, not the answer") {
  TestServer server;
  add_echo(server);
  server.start();
  auto peer = server.peer();
  const auto reply = peer.ask(TestServer::request("POST", "/nowhere", "", std::string(2'000'000, 'b')));
  CHECK(reply.status == 404);
  CHECK(reply.header("connection") == "close");
}

TEST_CASE("Who is slow with a request is told and cut off") {
  TestServer server;
  add_echo(server);
  server.settings.limits.header = milliseconds(100);
  server.settings.limits.body = milliseconds(100);
  server.start();
  const std::string begun = GENERATE(as<std::string>(), "G", "GET /hello HTTP/1.1\r\nHost: t\r\nX-Slow: ",
                                     "POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 10\r\n\r\nabc",
                                     "POST /echo HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab");
  auto peer = server.peer();
  const auto reply = peer.ask(begun);
  CHECK(reply.status == 408);
  CHECK(reply.body.find("F-408") != std::string::npos);
  CHECK(reply.header("connection") == "close");
  CHECK(peer.at_end());
  const bool of_body = begun.starts_with("POST");
  CHECK(server.measures(std::string("dontgoback_http_slow_total{reason=\"head\"} ") + (of_body ? "0" : "1")));
  CHECK(server.measures(std::string("dontgoback_http_slow_total{reason=\"body\"} ") + (of_body ? "1" : "0")));
}

TEST_CASE("Dripping bytes does not extend the head's limit") {
  TestServer server;
  add_echo(server);
  server.settings.limits.header = milliseconds(200);
  server.start();
  auto peer = server.peer();
  std::atomic<bool> answered{false};
  std::thread dripping([&] {
    peer.send("GET /hello HTTP/1.1\r\nX: ");
    while (!answered) {
      peer.send("x");
      std::this_thread::sleep_for(milliseconds(5));
    }
  });
  CHECK(peer.read().status == 408);
  answered = true;
  dripping.join();
}

TEST_CASE("Idle connections end without a word") {
  TestServer server;
  add_echo(server);
  server.settings.limits.header = milliseconds(50);
  server.settings.limits.idle = milliseconds(50);
  server.start();
  auto fresh = server.peer();
  CHECK(fresh.at_end());
  auto used = server.peer();
  CHECK(used.ask(TestServer::request("GET", "/hello")).status == 200);
  CHECK(used.at_end());
  for (const auto* reason : {"head", "body", "answer"}) {  // nobody was slow
    CHECK(server.measures(std::string("dontgoback_http_slow_total{reason=\"") + reason + "\"} 0"));
  }
}

TEST_CASE("A connection waits for its first request as long as for a head, for the next ones as long as it may idle") {
  TestServer server;
  add_echo(server);
  const bool first_is_shorter = GENERATE(true, false);
  if (first_is_shorter) {
    server.settings.limits.header = milliseconds(1000);  // within which it has to say something itself
  } else {
    server.settings.limits.idle = milliseconds(50);
  }
  server.start();
  auto used = server.peer();
  CHECK(used.ask(TestServer::request("GET", "/hello")).status == 200);
  auto fresh = server.peer();
  auto& longer = first_is_shorter ? used : fresh;
  CHECK((first_is_shorter ? fresh : used).at_end());
  CHECK(longer.ask(TestServer::request("GET", "/hello")).status == 200);
}

TEST_CASE("Who does not take the answer is cut off") {
  TestServer server;
  static const std::string large(64 * 1024 * 1024, 'l');
  server.add(Method::get, "/large", Lane::inline_, kNoBody, [](const Request&) {
    Response response;
    response.fixed_body = large;
    return response;
  });
  server.settings.limits.write = milliseconds(100);
  server.start();
  auto peer = server.peer();
  peer.send(TestServer::request("GET", "/large"));
  CHECK(eventually([&] {
    return server.measures("dontgoback_http_requests_total{route=\"/large\",method=\"GET\",code=\"200\"} 1") &&
           server.measures("dontgoback_http_connections 0");
  }));
  CHECK(peer.discard_all() < large.size());
  CHECK(server.measures("dontgoback_http_slow_total{reason=\"answer\"} 1"));
}

TEST_CASE("Management answers when all places of users are taken") {
  Gate gate;
  std::atomic<int> running{0};
  TestServer server;
  add_echo(server);
  server.add(Method::get, "/wait", Lane::command, kNoBody, [&](const Request&) {
    ++running;
    gate.wait();
    return text(200, "done");
  });
  server.settings.max_connections = 1;
  server.management.add({Method::get, "/livez", Access::anyone(), Lane::inline_, kNoBody,
                         [](const Request&) { return text(200, "ok"); }});
  server.start();
  auto first = server.peer();
  first.send(TestServer::request("GET", "/wait"));
  REQUIRE(eventually([&] { return running == 1; }));
  auto second = server.peer();
  const auto refused = second.ask(TestServer::request("GET", "/hello"));
  CHECK(refused.status == 503);
  CHECK(refused.header("connection") == "close");
  CHECK(refused.body.find("F-503") != std::string::npos);
  CHECK(second.at_end());
  CHECK(Peer(server.management_port).ask(TestServer::request("GET", "/livez")).body == "ok");
  gate.open();
  CHECK(first.read().body == "done");
  CHECK(eventually([&] { return server.get("/hello").status == 200; }));
}

TEST_CASE("Management answers when there is no descriptor left") {
  TestServer server;
  add_echo(server);
  server.management.add({Method::get, "/livez", Access::anyone(), Lane::inline_, kNoBody,
                         [](const Request&) { return text(200, "ok"); }});
  server.start();
  REQUIRE(server.get("/hello").status == 200);
  REQUIRE(eventually([&] { return server.measures("dontgoback_http_connections 0"); }));
  // The log is made with its first line, and the undefined-behaviour sanitizer needs descriptors to look at what is
  // new.
  dontgoback::telemetry::log_info("there are no descriptors from here on", {});
  rlimit before{};
  REQUIRE(::getrlimit(RLIMIT_NOFILE, &before) == 0);
  const int next = ::dup(STDIN_FILENO);
  ::close(next);
  rlimit one_more = before;
  one_more.rlim_cur = static_cast<rlim_t>(next) + 1;  // for the client's own socket
  for (int i = 0; i < 2; ++i) {
    REQUIRE(::setrlimit(RLIMIT_NOFILE, &one_more) == 0);
    const auto reply = Peer(server.management_port).ask(TestServer::request("GET", "/livez", "Connection: close\r\n"));
    REQUIRE(::setrlimit(RLIMIT_NOFILE, &before) == 0);
    CHECK(reply.body == "ok");
  }
}

TEST_CASE("A full lane is a 503 at once, and those in it are served") {
  Gate gate;
  std::atomic<int> running{0};
  TestServer server;
  server.add(Method::get, "/wait", Lane::query, kNoBody, [&](const Request&) {
    ++running;
    gate.wait();
    return text(200, "done");
  });
  server.add(Method::get, "/command", Lane::command, kNoBody, [](const Request&) { return text(200, "other lane"); });
  server.settings.query = {1, 1, std::chrono::minutes(1)};
  server.start();
  auto served = server.peer();
  served.send(TestServer::request("GET", "/wait"));
  REQUIRE(eventually([&] { return running == 1; }));
  auto queued = server.peer();
  queued.send(TestServer::request("GET", "/wait"));
  REQUIRE(eventually([&] { return server.measures("dontgoback_http_query_queue 1"); }));

  auto third = server.peer();
  const auto refused = third.ask(TestServer::request("GET", "/wait", "Accept-Language: en\r\n"));
  CHECK(refused.status == 503);
  CHECK(refused.header("retry-after") == "1");
  CHECK(refused.body.find("Busy right now") != std::string::npos);
  CHECK(third.ask(TestServer::request("GET", "/command")).body == "other lane");
  CHECK(server.measures("dontgoback_http_lane_rejected_total{lane=\"query\"} 1"));
  gate.open();
  CHECK(served.read().body == "done");
  CHECK(queued.read().body == "done");
}

TEST_CASE("A request that waited too long in its lane is not begun") {
  TestServer server;
  server.add(Method::get, "/late", Lane::command, kNoBody, [](const Request&) { return text(200, "ran"); });
  server.settings.command = {1, 10, milliseconds(-1)};
  server.start();
  const auto reply = server.get("/late");
  CHECK(reply.status == 503);
  CHECK(reply.header("retry-after") == "1");
}

TEST_CASE("Out of descriptors the server waits, and goes on when there are some") {
  TestServer server;
  add_echo(server);
  server.start();
  REQUIRE(server.get("/hello").status == 200);
  REQUIRE(eventually([&] { return server.measures("dontgoback_http_connections 0"); }));
  dontgoback::telemetry::log_info(
      "running out of descriptors");  // the log is made at its first line, and the check looks at it
  rlimit before{};
  REQUIRE(::getrlimit(RLIMIT_NOFILE, &before) == 0);
  const int next = ::dup(STDIN_FILENO);
  ::close(next);
  rlimit one_more = before;
  one_more.rlim_cur = static_cast<rlim_t>(next) + 1;  // for the client's own socket
  REQUIRE(::setrlimit(RLIMIT_NOFILE, &one_more) == 0);
  auto peer = server.peer();
  peer.send(TestServer::request("GET", "/hello"));
  pollfd answer{peer.descriptor(), POLLIN, 0};
  CHECK(::poll(&answer, 1, 50) == 0);
  REQUIRE(::setrlimit(RLIMIT_NOFILE, &before) == 0);
  CHECK(peer.read().body == "hello");
}
