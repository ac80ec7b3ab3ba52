#include "dontgoback/http/client.hpp"

#include <catch2/catch.hpp>

#include "http/client/pooled_client.hpp"
#include "test_server.hpp"

using namespace dontgoback;
using namespace dontgoback::http;
using namespace dontgoback::http::testing;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

constexpr std::string_view kOk =
    "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nETag: \"e\"\r\nContent-Type: text/plain\r\n\r\nok";

ClientRequest get(std::string url) {
  ClientRequest request;
  request.url = std::move(url);
  request.time_limit = seconds(10);
  return request;
}

}  // namespace

TEST_CASE("A call and its answer") {
  TestServer server;
  server.add(Method::post, "/echo", Lane::query, 1'000'000, [](const Request& request) {
    return text(409, std::string(request.header("x-own")) + std::string(request.query) + std::string(request.body))
        .header("ETag", "\"1\"");
  });
  server.start();
  const auto client = make_client();
  ClientRequest request;
  request.method = Method::post;
  request.url = "http://localhost:" + std::to_string(server.port) + "/echo?q=1";
  request.headers = {{"X-Own", "mine "}};
  request.body = " body";
  request.time_limit = seconds(10);
  const auto answer = client->send(request);
  REQUIRE(answer);
  CHECK(answer->status == 409);
  CHECK(answer->body == "mineq=1 body");
  CHECK(answer->etag == "\"1\"");
  CHECK(answer->content_type == "text/plain; charset=utf-8");
}

TEST_CASE("One connection serves many calls, until the server wants it closed") {
  std::atomic<int> connections{0};
  const ScriptedServer server([&](Peer& peer, int) {
    ++connections;
    for (int i = 0; i < 3; ++i) {
      peer.read_until("\r\n\r\n");
      peer.send(kOk);
    }
    peer.read_until("\r\n\r\n");
    peer.send("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok");
  });
  const auto client = make_client();
  for (int i = 0; i < 8; ++i) {
    const auto answer = client->send(get(server.url()));
    REQUIRE(answer);
    CHECK(answer->body == "ok");
  }
  CHECK(connections == 2);
}

TEST_CASE("A connection is kept for its time, and not used after it") {
  std::atomic<int> connections{0};
  const ScriptedServer server([&](Peer& peer, int) {
    ++connections;
    for (;;) {
      peer.read_until("\r\n\r\n");
      peer.send(kOk);
    }
  });
  const bool over = GENERATE(false, true);
  ClientSettings settings;
  settings.kept_for = seconds(over ? 0 : 3600);
  const auto client = make_client(settings);
  for (int i = 0; i < 3; ++i) REQUIRE(client->send(get(server.url())));
  CHECK(connections == (over ? 3 : 1));
}

TEST_CASE("A kept connection the server has closed costs one more try, not the call") {
  std::atomic<int> connections{0};
  const ScriptedServer server([&](Peer& peer, int) {
    ++connections;
    peer.read_until("\r\n\r\n");
    peer.send(kOk);  // says nothing of closing, and closes
  });
  const auto client = make_client();
  for (int i = 0; i < 3; ++i) {
    REQUIRE(client->send(get(server.url())));
  }
  CHECK(connections == 3);
}

TEST_CASE("A call that fails on a new connection, or after the answer began, is not sent again") {
  std::atomic<int> requests{0};
  const bool begin = GENERATE(false, true);
  const ScriptedServer server([&](Peer& peer, int) {
    peer.read_until("\r\n\r\n");
    ++requests;
    if (begin) peer.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
  });
  const auto client = make_client();
  const auto answer = client->send(get(server.url()));
  REQUIRE_FALSE(answer);
  CHECK(answer.failure().kind == FailureKind::unavailable);
  CHECK(requests == 1);
}

TEST_CASE("The time limit covers a server that does not answer, and one that answers by drops") {
  const bool drops = GENERATE(false, true);
  std::atomic<bool> over{false};
  const ScriptedServer server([&](Peer& peer, int) {
    peer.read_until("\r\n\r\n");
    if (drops) peer.send("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
    while (!over) {
      if (drops) peer.send("x");
      std::this_thread::sleep_for(milliseconds(5));
    }
  });
  const auto client = make_client();
  auto request = get(server.url());
  request.time_limit = milliseconds(200);
  const auto answer = client->send(request);
  over = true;
  REQUIRE_FALSE(answer);
  CHECK(answer.failure().kind == FailureKind::unavailable);
}

TEST_CASE("An answer that nobody waited for is not taken for the next one's") {
  std::atomic<int> connections{0};
  std::promise<void> answered;
  std::promise<void> sent_late;
  const ScriptedServer server([&](Peer& peer, int connection) {
    ++connections;
    peer.read_until("\r\n\r\n");
    peer.send(kOk);
    if (connection > 0) return;
    answered.get_future().wait();
    peer.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil");
    sent_late.set_value();
  });
  const auto client = make_client();
  CHECK(client->send(get(server.url()))->body == "ok");
  answered.set_value();
  sent_late.get_future().wait();
  CHECK(client->send(get(server.url()))->body == "ok");
  CHECK(connections == 2);
}

TEST_CASE("What cannot be an answer is none") {
  const std::string bytes = GENERATE(as<std::string>(), "SMTP ready\r\n\r\n", "HTTP/1.1 abc\r\n\r\n",
                                     "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
                                     "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
                                     "HTTP/1.1 200 OK\r\nX: " + std::string(20'000, 'x') + "\r\n\r\n",
                                     "HTTP/1.1 200 OK\r\nContent-Length: 2001\r\n\r\n" + std::string(2001, 'x'),
                                     "HTTP/1.1 200 OK\r\n\r\n" + std::string(2001, 'x'));
  const ScriptedServer server([&](Peer& peer, int) {
    peer.read_until("\r\n\r\n");
    peer.send(bytes);
  });
  const auto client = make_client();
  auto request = get(server.url());
  request.body_limit = 2000;
  CHECK_FALSE(client->send(request));
}

TEST_CASE("Answers in every framing") {
  struct Row {
    std::string bytes;
    int status;
    std::string body;
  };
  const auto row = GENERATE(values<Row>({
      {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n", 200, "ok"},
      {"HTTP/1.0 200 OK\r\n\r\nto the end", 200, "to the end"},
      {"HTTP/1.1 204 No Content\r\n\r\n", 204, ""},
      {"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 201 "
       "Created\r\nContent-Length: 1\r\n\r\n1",
       201, "1"},
      {"HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n", 302, ""},
  }));
  const ScriptedServer server([&](Peer& peer, int) {
    peer.read_until("\r\n\r\n");
    peer.send(row.bytes);
  });
  const auto answer = make_client()->send(get(server.url()));
  REQUIRE(answer);
  CHECK(answer->status == row.status);
  CHECK(answer->body == row.body);
}

TEST_CASE("A server that refuses a large body early is heard") {
  TestServer server;
  server.add(Method::post, "/small", Lane::inline_, 10, [](const Request&) { return text(200, ""); });
  server.start();
  auto request = get("http://127.0.0.1:" + std::to_string(server.port) + "/small");
  request.method = Method::post;
  request.body = std::string(100'000, 'b');
  const auto answer = make_client()->send(request);
  REQUIRE(answer);
  CHECK(answer->status == 413);
}

TEST_CASE("Nobody there, and no such name") {
  const auto client = make_client();
  unsigned short port = 0;
  {
    port = ScriptedServer([](Peer&, int) {}).port();
  }
  CHECK_FALSE(client->send(get("http://127.0.0.1:" + std::to_string(port))));
  CHECK_FALSE(client->send(get("http://no-such-host.invalid/")));
}

TEST_CASE("Many threads share a client") {
  TestServer server;
  server.add(Method::get, "/echo/{word}", Lane::query, kNoBody,
             [](const Request& request) { return text(200, std::string(request.path_parameter("word"))); });
  server.start();
  const auto client = make_client({.extra_ca_file = {}, .kept_per_host = 2});
  std::atomic<int> right{0};
  std::vector<std::thread> callers;
  for (int caller = 0; caller < 6; ++caller) {
    callers.emplace_back([&, caller] {
      for (int i = 0; i < 40; ++i) {
        const auto word = std::to_string(caller) + "-" + std::to_string(i);
        const auto answer = client->send(get("http://127.0.0.1:" + std::to_string(server.port) + "/echo/" + word));
        right += answer && answer->body == word;
      }
    });
  }
  for (auto& caller : callers) caller.join();
  CHECK(right == 6 * 40);
}

TEST_CASE("A stranger's URL reaches no address that is not public, by whatever name") {
  std::atomic<int> connections{0};
  const ScriptedServer server([&](Peer& peer, int) {
    ++connections;
    peer.read_until("\r\n\r\n");
    peer.send(kOk);
  });
  const auto client = make_client();
  REQUIRE(client->send(get(server.url())));  // which keeps a connection
  const auto port = ":" + std::to_string(server.port()) + "/secret";
  for (const auto* host : {"127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]"}) {
    INFO(host);
    const auto answer = client->send_to_stranger(get("http://" + std::string(host) + port));
    CHECK_FALSE(answer.response);
    CHECK(answer.cause == "not a public address");
  }
  CHECK(connections == 1);
  CHECK_FALSE(client->why_no_answer(server.url()));
}
