// Clients that mean harm, or have no luck, under TLS. With one I/O thread: whoever holds it holds everybody.
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <thread>

#include "https.hpp"

using namespace dontgoback;
using namespace dontgoback::http;
using namespace dontgoback::http::testing;
using std::chrono::milliseconds;

namespace {

/// As the program is.
const auto kIgnored = std::signal(SIGPIPE, SIG_IGN);

struct OneThread : Https {
  explicit OneThread(const Certificates& certificates) : Https(certificates) { settings.io_threads = 1; }
  ~OneThread() { stop(); }

  /// While `act` is done over and over another client has its answers.
  void stays_awake(const std::function<bool()>& act) const {
    std::atomic<bool> over{false};
    std::thread acting([&] {
      while (!over && act()) {
      }
    });
    std::this_thread::sleep_for(milliseconds(100));
    for (int i = 0; i < 5; ++i) {
      TlsPeer other(port);
      CHECK(other.greeted);
      CHECK(other.ask(kHello) == "hello");
    }
    over = true;
    acting.join();
  }
};

}  // namespace

TEST_CASE("TLS: a flood of messages that hold nothing keeps nobody from the thread") {
  const Certificates certificates("DNS:localhost");
  OneThread server(certificates);
  server.start();
  TlsPeer peer(server.port);
  CHECK(peer.ask(kHello) == "hello");  // with the ticket
  server.stays_awake([&] {
    return SSL_key_update(peer.ssl(), SSL_KEY_UPDATE_NOT_REQUESTED) == 1 && SSL_do_handshake(peer.ssl()) == 1;
  });
}

TEST_CASE("TLS: records of one byte keep nobody from the thread") {
  const Certificates certificates("DNS:localhost");
  OneThread server(certificates);
  server.start();
  TlsPeer peer(server.port);
  peer.send("POST /size HTTP/1.1\r\nHost: t\r\nContent-Length: 3000000\r\n\r\n");
  server.stays_awake([&] { return SSL_write(peer.ssl(), "x", 1) == 1; });
}

TEST_CASE("TLS: a stream that breaks off touches no connection that comes after it") {
  const Certificates certificates("DNS:localhost");
  std::atomic<bool> napping{false};
  OneThread server(certificates);
  server.add(Method::get, "/nap", Lane::inline_, kNoBody, [&](const Request&) {
    napping = true;
    std::this_thread::sleep_for(milliseconds(200));
    return text(200, "nap");
  });
  server.start();
  TlsPeer napper(server.port);
  TlsPeer reader(server.port);
  const int descriptor = reader.socket().descriptor();
  const int little = 4096;
  ::setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &little, sizeof little);
  reader.send(TestServer::request("GET", "/events"));
  reader.read_until("\r\n\r\n");
  const auto stream = server.started.get_future().get();
  // As much as the sockets hold, so that the server waits to write more.
  for (int i = 0; i < 22 && stream->send("data: " + std::string(8000, 'x') + "\n\n"); ++i) {
    std::this_thread::sleep_for(milliseconds(1));
  }
  // Both while the thread is busy: the stream's end, and somebody who may be given its descriptor.
  napper.send(TestServer::request("GET", "/nap"));
  REQUIRE(eventually([&] { return napping.load(); }));
  const linger at_once{1, 0};
  ::setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  const int nothing = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  REQUIRE(::dup2(nothing, descriptor) == descriptor);  // closes it, and the number stays the peer's
  ::close(nothing);
  TlsPeer next(server.port);
  REQUIRE(next.greeted);
  CHECK(next.ask(kHello) == "hello");
  CHECK(napper.answer() == "nap");
}

TEST_CASE("TLS: who says goodbye after the request still gets all of the answer") {
  const Certificates certificates("DNS:localhost");
  Https server(certificates);
  server.start();
  TlsPeer peer(server.port);
  peer.send(TestServer::request("GET", "/large", "Connection: close\r\n"));
  SSL_shutdown(peer.ssl());
  std::this_thread::sleep_for(milliseconds(50));
  CHECK(peer.answer() == std::string(kLarge, 'b'));
  CHECK(peer.ended_whole());
}
