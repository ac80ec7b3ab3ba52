// The management address answers to no name that a page could give it.
#include "http/server/management_hosts.hpp"

#include <catch2/catch.hpp>

#include "test_server.hpp"

using namespace dontgoback::http;
using namespace dontgoback::http::testing;

TEST_CASE("Whose name the management address answers to") {
  const ManagementHosts hosts({"node.example", "Other.Example."});
  for (const auto* good :
       {"", "127.0.0.1:9090", "10.1.2.3", "[::1]:9090", "[2001:db8::1]", "localhost", "LOCALHOST:9090", "core",
        "core-1:9090", "a.localhost", "localhost.", "127.0.0.1.", "node.internal:9090", "node.example",
        "NODE.example:1", "node.example.:1", "other.example"}) {
    INFO(good);
    CHECK(hosts.answers(good));
  }
  for (const auto* bad : {"evil.example", "evil.example:9090", "127.0.0.1.evil.example", "localhost.evil.example",
                          "xnode.example", "sub.node.example", "evilinternal.example", "evil%2Eexample", ".", "node.local"}) {
    INFO(bad);
    CHECK_FALSE(hosts.answers(bad));
  }
  for (const auto* wrong : {"", "a b", "node.example:80", "http://node", "<b>"}) {
    INFO(wrong);
    CHECK_THROWS_AS(ManagementHosts({wrong}), std::invalid_argument);
  }
}

TEST_CASE("A rebound name reaches the API's address, not the management's") {
  TestServer server;
  server.settings.management_hosts = {"node.example"};
  const auto answer = [](const Request&) { return text(200, "alive"); };
  server.add(Method::get, "/livez", Lane::inline_, kNoBody, answer);
  server.management.add({Method::get, "/livez", Access::anyone(), Lane::inline_, kNoBody, answer});
  server.start();
  const auto ask = [](unsigned short port, std::string_view target, std::string_view host) {
    Peer peer(port);
    return peer.ask(std::string("GET ").append(target).append(" HTTP/1.1\r\nHost: ").append(host).append("\r\n\r\n"));
  };
  CHECK(ask(server.port, "/livez", "evil.example").status == 200);
  CHECK(ask(server.management_port, "/livez", "127.0.0.1:9090").status == 200);
  CHECK(ask(server.management_port, "/livez", "node.example").status == 200);
  CHECK(ask(server.management_port, "/livez", "evil.example").status == 421);
  // The target's authority is whom a request is for (RFC 9112 section 3.2.2).
  CHECK(ask(server.management_port, "http://evil.example/livez", "localhost").status == 421);
  CHECK(ask(server.management_port, "http://localhost/livez", "evil.example").status == 200);
}
