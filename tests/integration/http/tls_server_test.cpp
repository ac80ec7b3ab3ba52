// TLS that the server ends itself, with OpenSSL as the client.
#include <sys/socket.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <thread>

#include "http/client/pooled_client.hpp"
#include "https.hpp"

using namespace dontgoback;
using namespace dontgoback::http;
using namespace dontgoback::http::testing;
using std::chrono::milliseconds;

namespace {

/// As the program is.
const auto kIgnored = std::signal(SIGPIPE, SIG_IGN);

}  // namespace

TEST_CASE("TLS: requests are served as without, one after the other and at once") {
  const Certificates certificates("DNS:localhost,IP:127.0.0.1");
  Https server(certificates);
  server.start();
  TlsPeer peer(server.port);
  REQUIRE(peer.greeted);
  CHECK(peer.ask(kHello) == "hello");
  CHECK(peer.ask(kHello) == "hello");
  peer.send(kHello + kHello + kHello);
  for (int i = 0; i < 3; ++i) CHECK(peer.answer() == "hello");
  CHECK(peer.ask(TestServer::request("POST", "/size", {}, std::string(kLarge, 'x'))) == std::to_string(kLarge));
  CHECK(peer.ask(TestServer::request("GET", "/fixed")) == kFixed);
  CHECK(peer.ask(TestServer::request("GET", "/large")).size() == kLarge);
  peer.send(kHello);
  CHECK(peer.read_until("\r\n\r\n").find("Strict-Transport-Security: max-age=") != std::string::npos);
  CHECK(peer.read(5) == "hello");
  peer.send(TestServer::request("GET", "/hello", "Connection: close\r\n"));
  CHECK(peer.answer() == "hello");
  CHECK(peer.ended_whole());
}

TEST_CASE("TLS: our own client trusts it by its authority") {
  const Certificates certificates("DNS:localhost");
  Https server(certificates);
  server.start();
  const auto client = make_client({.extra_ca_file = certificates.file("ca.pem")});
  for (int i = 0; i < 3; ++i) {
    ClientRequest request;
    request.url = "https://localhost:" + std::to_string(server.port) + "/hello";
    const auto answer = client->send(request);
    REQUIRE(answer);
    CHECK(answer->body == "hello");
  }
}

TEST_CASE("TLS: a head that comes byte by byte, a record at a time") {
  const Certificates certificates("DNS:localhost");
  Https server(certificates);
  server.start();
  TlsPeer peer(server.port);
  for (const char byte : kHello) peer.send({&byte, 1});
  CHECK(peer.answer() == "hello");
}

TEST_CASE("TLS: who reads slowly gets all of a large answer") {
  const Certificates certificates("DNS:localhost");
  Https server(certificates);
  server.start();
  TlsPeer peer(server.port);
  peer.send(TestServer::request("GET", "/large"));
  std::this_thread::sleep_for(milliseconds(100));  // what the sockets hold is full
  CHECK(peer.answer() == std::string(kLarge, 'b'));
}

TEST_CASE("TLS: a body is waited for after 100 Continue") {
  const Certificates certificates("DNS:localhost");
  Https server(certificates);
  server.start();
  TlsPeer peer(server.port);
  peer.send("POST /size HTTP/1.1\r\nHost: t\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
  CHECK(peer.read_until("\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n");
  CHECK(peer.ask("four") == "4");
}

TEST_CASE("TLS: a stream comes as it is sent, and its client's goodbye is seen") {
  const Certificates certificates("DNS:localhost");
  Https server(certificates);
  server.start();
  std::shared_ptr<Stream> stream;
  {
    TlsPeer peer(server.port);
    peer.send(TestServer::request("GET", "/events"));
    peer.read_until("\r\n\r\n");
    stream = server.started.get_future().get();
    for (const auto* event : {"data: one\n\n", "data: two\n\n"}) {
      CHECK(stream->send(event));
      CHECK(peer.read_until(event).ends_with(event));
    }
    SSL_shutdown(peer.ssl());
  }
  CHECK(eventually([&] { return !stream->open(); }));
}

TEST_CASE("TLS: which versions and protocols") {
  const Certificates certificates("DNS:localhost");
  Https server(certificates);
  server.start();
  using namespace std::string_literals;
  TlsPeer both(server.port, {.protocols = "\x02h2\x08http/1.1"s});
  REQUIRE(both.greeted);
  const unsigned char* chosen = nullptr;
  unsigned size = 0;
  SSL_get0_alpn_selected(both.ssl(), &chosen, &size);
  CHECK(std::string_view(reinterpret_cast<const char*>(chosen), size) == "http/1.1");
  CHECK(both.ask(kHello) == "hello");
  TlsPeer older(server.port, {.at_most = TLS1_2_VERSION, .protocols = {}});
  REQUIRE(older.greeted);
  CHECK(older.ask(kHello) == "hello");
  CHECK_FALSE(TlsPeer(server.port, {.at_most = TLS1_1_VERSION, .protocols = {}}).greeted);
  CHECK_FALSE(TlsPeer(server.port, {.protocols = "\x02h2"s}).greeted);
  CHECK(eventually([&] { return server.measures("dontgoback_http_tls_failed_total 2"); }));
}

TEST_CASE("TLS: a session is resumed") {
  const Certificates certificates("DNS:localhost");
  Https server(certificates);
  server.start();
  TlsPeer first(server.port);
  CHECK(first.ask(kHello) == "hello");  // with it the ticket has come
  const std::unique_ptr<SSL_SESSION, FreedBy<SSL_SESSION_free>> session(SSL_get1_session(first.ssl()));
  TlsPeer second(server.port, {.protocols = {}, .session = session.get()});
  CHECK(second.ask(kHello) == "hello");
  CHECK(SSL_session_reused(second.ssl()) == 1);
}

TEST_CASE("TLS: who speaks plain HTTP is told") {
  const Certificates certificates("DNS:localhost");
  Https server(certificates);
  server.start();
  auto peer = server.peer();
  peer.send(kHello);
  CHECK(peer.read_until("https:// only.\n").starts_with("HTTP/1.1 400 "));
  CHECK(peer.at_end());
  CHECK(server.measures("dontgoback_http_tls_failed_total 1"));
}

TEST_CASE("TLS: management stays plain") {
  const Certificates certificates("DNS:localhost");
  Https server(certificates);
  server.management.add({Method::get, "/livez", Access::anyone(), Lane::inline_, kNoBody,
                         [](const Request&) { return text(200, "alive"); }});
  server.start();
  CHECK(Peer(server.management_port).ask(TestServer::request("GET", "/livez")).body == "alive");
}

TEST_CASE("TLS: whoever does not begin it, or stops in the middle, is cut off") {
  const Certificates certificates("DNS:localhost");
  Https server(certificates);
  server.settings.limits.header = milliseconds(200);
  server.start();
  auto silent = server.peer();
  auto halting = server.peer();
  halting.send(std::string("\x16\x03\x01\x02\x00\x01\x00", 7));  // of a ClientHello the beginning
  auto dripping = server.peer();
  dripping.send(std::string("\x16\x03\x01\x02\x00\x01\x00", 7));
  std::atomic<bool> over{false};
  std::thread drips([&] {
    while (!over) {
      if (::send(dripping.descriptor(), "\x01", 1, MSG_NOSIGNAL) != 1) return;
      std::this_thread::sleep_for(milliseconds(20));
    }
  });
  CHECK(eventually([&] { return server.measures("dontgoback_http_slow_total{reason=\"tls\"} 3"); }));
  CHECK(eventually([&] { return server.measures("dontgoback_http_connections 0"); }));
  over = true;
  drips.join();
}

TEST_CASE("TLS: a connection on which nothing comes is ended with a goodbye") {
  const Certificates certificates("DNS:localhost");
  Https server(certificates);
  server.settings.limits.idle = milliseconds(100);
  server.start();
  TlsPeer peer(server.port);
  CHECK(peer.ask(kHello) == "hello");
  CHECK(peer.ended_whole());
}

TEST_CASE("TLS: one too many is told so") {
  const Certificates certificates("DNS:localhost");
  Gate gate;
  std::atomic<int> running{0};
  Https server(certificates);
  server.add(Method::get, "/wait", Lane::command, kNoBody, [&](const Request&) {
    ++running;
    gate.wait();
    return text(200, "done");
  });
  server.settings.max_connections = 1;
  server.start();
  TlsPeer first(server.port);
  first.send(TestServer::request("GET", "/wait"));
  REQUIRE(eventually([&] { return running == 1; }));
  TlsPeer second(server.port);
  REQUIRE(second.greeted);
  second.send(kHello);
  CHECK(second.read_until("\r\n") == "HTTP/1.1 503 Service Unavailable\r\n");
  gate.open();
  CHECK(first.answer() == "done");
}

TEST_CASE("TLS: draining lets the request in hand finish and ends the idle") {
  const Certificates certificates("DNS:localhost");
  Https server(certificates);
  server.start();
  TlsPeer idle(server.port);
  CHECK(idle.ask(kHello) == "hello");
  auto silent = server.peer();
  auto drained = std::async(std::launch::async, [&] { return server.server->drain(std::chrono::seconds(10)); });
  CHECK(drained.get());
  CHECK(idle.ended_whole());
}
