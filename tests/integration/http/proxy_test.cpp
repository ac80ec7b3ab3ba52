// Calls that go through a proxy, which connects us and sees where to.
#include <atomic>
#include <catch2/catch.hpp>

#include "http/client/pooled_client.hpp"
#include "peer.hpp"

using namespace dontgoback::http;
using namespace dontgoback::http::testing;

namespace {

constexpr std::string_view kOk = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

ClientRequest by(const ScriptedServer& proxy) {
  ClientRequest request;
  request.url = "http://push.example:8080/send";
  request.proxy = proxy.url();
  return request;
}

}  // namespace

TEST_CASE("A proxy is asked to connect us, once for many calls, and the server's name is looked up by it alone") {
  std::atomic<int> connections{0};
  std::string asked, called;
  const ScriptedServer proxy([&](Peer& peer, int) {
    ++connections;
    asked = peer.read_until("\r\n\r\n");
    peer.send("HTTP/1.1 200 Connection established\r\nVia: 1.1 proxy\r\n\r\n");
    for (int i = 0; i < 2; ++i) {
      called = peer.read_until("\r\n\r\n");
      peer.send(kOk);
    }
  });
  const auto client = make_client();
  for (int i = 0; i < 2; ++i) {
    const auto answer = client->send(by(proxy));
    REQUIRE(answer);
    CHECK(answer->body == "ok");
  }
  CHECK(connections == 1);
  CHECK(asked == "CONNECT push.example:8080 HTTP/1.1\r\nHost: push.example:8080");
  CHECK(called.starts_with("GET /send HTTP/1.1\r\nHost: push.example:8080"));
}

TEST_CASE("A proxy that does not connect us is no answer, and the operator is told why") {
  const auto said =
      GENERATE(values<std::string>({"HTTP/1.1 403 Forbidden\r\n\r\n", "HTTP/1.1 407 Who?\r\n\r\n", "HTTP/1.1 2",
                                    "SSH-2.0-OpenSSH_9.2\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\nmore than was asked for"}));
  INFO(said);
  const ScriptedServer proxy([&](Peer& peer, int) {
    peer.read_until("\r\n\r\n");
    peer.send(said);
  });
  const auto client = make_client();
  CHECK_FALSE(client->send(by(proxy)));
  const auto why = client->why_no_answer("http://push.example:8080/");
  REQUIRE(why);
  CHECK_THAT(why->cause, Catch::Contains("the proxy does not"));
  if (said.find("40") != said.npos) CHECK_THAT(why->cause, Catch::Contains(said.substr(9, 3)));
}
