// Who asks comes first: what a request's body costs is not spent on somebody who may not send one.
#include <poll.h>

#include <catch2/catch.hpp>
#include <mutex>

#include "test_server.hpp"

using namespace dontgoback;
using namespace dontgoback::http;
using namespace dontgoback::http::testing;

namespace {

/// Lets in who says "in", remembers in which order things were done.
class Door final : public Authenticator {
 public:
  Result<Identity> authenticate(const Request& request) const override {
    note("asks " + std::string(request.header("X-Who")));
    gate_.wait();
    if (request.header("Authorization") != "in") {
      return Failure{FailureKind::unauthenticated, {"로그인이 필요합니다.", "Please sign in."}};
    }
    Identity identity;
    identity.kind = Identity::Kind::account;
    identity.user = UserId{7};
    identity.role = Role::guest;
    return identity;
  }
  void note(const std::string& event) const {
    const std::lock_guard lock(mutex_);
    events_.push_back(event);
  }
  std::vector<std::string> events() const {
    const std::lock_guard lock(mutex_);
    return events_;
  }
  void open() { gate_.open(); }

 private:
  Gate gate_;
  mutable std::mutex mutex_;
  mutable std::vector<std::string> events_;
};

struct Guarded : TestServer {
  Guarded() {
    const auto handler = [this](const Request& request) {
      door.note("acts for " + std::string(request.header("X-Who")));
      return text(200, std::to_string(request.body.size()));
    };
    const auto post = [&](std::string_view path, Access access, Lane lane) {
      routes.add({Method::post, path, std::move(access), lane, kLimit, handler});
    };
    post("/guests", Access::account(door), Lane::query);
    post("/members", Access::account(door, Role::user), Lane::command);
    post("/inline", Access::account(door), Lane::inline_);
    post("/anyone", Access::anyone(), Lane::query);
  }
  ~Guarded() { stop(); }
  static constexpr std::size_t kLimit = 1'000'000;
  static std::string begun(std::string_view path, std::string_view more) {
    return request("POST", path, std::string(more) + "Content-Length: 900000\r\n");
  }
  static std::string chunked(std::string_view path, std::string_view more) {
    return request("POST", path, std::string(more) + "Transfer-Encoding: chunked\r\n") + "5\r\nab";
  }
  Door door;
};

bool says_something(const Peer& peer, int milliseconds) {
  pollfd answer{peer.descriptor(), POLLIN, 0};
  return ::poll(&answer, 1, milliseconds) > 0;
}

const std::string kIn = "Authorization: in\r\n";
const std::string kExpect = "Expect: 100-continue\r\n";

}  // namespace

TEST_CASE("Who may not send a body is told so before it is read, and the connection ends") {
  Guarded server;
  server.door.open();
  server.start();
  const auto [request, status] = GENERATE(table<std::string, int>({
      {Guarded::begun("/guests", ""), 401},
      {Guarded::begun("/guests", "Authorization: out\r\n"), 401},
      {Guarded::begun("/inline", ""), 401},
      {Guarded::begun("/members", kIn), 403},
      {Guarded::chunked("/guests", ""), 401},
      {Guarded::chunked("/members", kIn), 403},
      {Guarded::begun("/guests", kExpect), 401},
      {Guarded::chunked("/members", kIn + kExpect), 403},
  }));
  INFO(request);
  auto peer = server.peer();
  const auto reply = peer.ask(request);
  CHECK(reply.status == status);
  CHECK(reply.header("connection") == "close");
  CHECK(peer.at_end());
}

TEST_CASE("An authenticator that cannot say is a 503 before the body, too") {
  Guarded server;
  class Away final : public Authenticator {
    Result<Identity> authenticate(const Request&) const override {
      throw Unavailable("away", Unavailable::Effect::not_read);
    }
  } away;
  server.routes.add({Method::post, "/away", Access::account(away), Lane::query, Guarded::kLimit,
                     [](const Request&) { return text(200, "acted"); }});
  server.start();
  const auto reply = server.peer().ask(Guarded::begun("/away", "Accept-Language: en\r\n"));
  CHECK(reply.status == 503);
  CHECK_FALSE(reply.header("retry-after").empty());
  CHECK(reply.body.find("Nothing was saved") != std::string::npos);
}

TEST_CASE("Who may send a body is asked to go on only then") {
  Guarded server;
  server.start();
  const auto path = GENERATE("/guests", "/anyone");
  auto peer = server.peer();
  peer.send(TestServer::request("POST", path, kIn + kExpect + "Content-Length: 6\r\n"));
  if (path == std::string("/guests")) {
    REQUIRE(eventually([&] { return server.door.events().size() == 1; }));
    CHECK_FALSE(says_something(peer, 20));
  }
  server.door.open();
  CHECK(peer.read_until("\r\n\r\n").starts_with("HTTP/1.1 100 "));
  peer.send("abcdef");
  CHECK(peer.read().body == "6");
  CHECK(peer.ask(TestServer::request("POST", "/anyone", "", "abc")).body == "3");
}

TEST_CASE("A body that comes in pieces is read for who is let in, and the identity stays") {
  Guarded server;
  server.door.open();
  server.start();
  const auto path = GENERATE("/guests", "/inline", "/anyone");
  auto peer = server.peer();
  peer.send(Guarded::begun(path, kIn));
  for (int i = 0; i < 9; ++i) peer.send(std::string(100'000, 'b'));
  CHECK(peer.read().body == "900000");
  peer.send(Guarded::chunked(path, kIn));
  peer.send("cde\r\n0\r\n\r\n");
  CHECK(peer.read().body == "5");
}

TEST_CASE("A post that has arrived whole goes through its lane once") {
  Guarded server;
  server.settings.query = {1, 10, std::chrono::minutes(1)};
  server.start();
  const auto whole =
      GENERATE_COPY(TestServer::request("POST", "/guests", kIn + "X-Who: second\r\n", "a post"),
                    TestServer::request("POST", "/guests", kIn + "X-Who: second\r\nTransfer-Encoding: chunked\r\n") +
                        "6\r\na post\r\n0\r\n\r\n");
  auto first = server.peer();
  first.send(TestServer::request("POST", "/guests", kIn + "X-Who: first\r\n", "a post"));
  REQUIRE(eventually([&] { return server.door.events().size() == 1; }));
  auto second = server.peer();
  second.send(whole);
  REQUIRE(eventually([&] { return server.measures("dontgoback_http_query_queue 1"); }));
  server.door.open();
  CHECK(first.read().body == "6");
  CHECK(second.read().body == "6");
  CHECK(server.door.events() ==
        std::vector<std::string>{"asks first", "acts for first", "asks second", "acts for second"});
}

TEST_CASE("A lane that is full refuses before the body is read") {
  Guarded server;
  server.settings.command = {1, 10, std::chrono::milliseconds(-1)};
  server.start();
  auto peer = server.peer();
  const auto reply = peer.ask(Guarded::begun("/members", kIn));
  CHECK(reply.status == 503);
  CHECK(reply.header("connection") == "close");
}
