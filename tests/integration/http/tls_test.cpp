// https against a real TLS server with certificates made here.
#include <openssl/ssl.h>

#include <catch2/catch.hpp>

#include "certificates.hpp"
#include "dontgoback/http/client.hpp"
#include "http/client/pooled_client.hpp"
#include "peer.hpp"

using namespace dontgoback;
using namespace dontgoback::http;
using namespace dontgoback::http::testing;

namespace {

/// Answers each request on a TLS connection.
class TlsServer {
 public:
  explicit TlsServer(const Certificates& certificates) : context_(SSL_CTX_new(TLS_server_method())) {
    REQUIRE(SSL_CTX_use_certificate_file(context_, certificates.file("node.pem").c_str(), SSL_FILETYPE_PEM) == 1);
    REQUIRE(SSL_CTX_use_PrivateKey_file(context_, certificates.file("node.key").c_str(), SSL_FILETYPE_PEM) == 1);
    server_ = std::make_unique<ScriptedServer>([this](Peer& peer, int) { serve(peer); });
  }
  ~TlsServer() {
    server_.reset();
    SSL_CTX_free(context_);
  }
  std::string url(const std::string& host) const {
    return std::string("https://").append(host).append(":").append(std::to_string(server_->port())).append("/");
  }

  std::atomic<int> connections{0};
  std::atomic<int> requests{0};
  std::string seen_name;

 private:
  void serve(Peer& peer) {
    ++connections;
    const std::unique_ptr<SSL, decltype(&SSL_free)> ssl(SSL_new(context_), &SSL_free);
    SSL_set_fd(ssl.get(), peer.descriptor());
    if (SSL_accept(ssl.get()) != 1) return;
    const char* name = SSL_get_servername(ssl.get(), TLSEXT_NAMETYPE_host_name);
    seen_name = name != nullptr ? name : "";
    std::string received;
    std::array<char, 4096> bytes;
    for (int n = 0; (n = SSL_read(ssl.get(), bytes.data(), bytes.size())) > 0;) {
      received.append(bytes.data(), static_cast<std::size_t>(n));
      if (!received.ends_with("\r\n\r\n")) continue;
      received.clear();
      ++requests;
      constexpr std::string_view kAnswer = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret";
      SSL_write(ssl.get(), kAnswer.data(), kAnswer.size());
    }
  }

  SSL_CTX* context_;
  std::unique_ptr<ScriptedServer> server_;
};

ClientRequest get(std::string url) {
  ClientRequest request;
  request.url = std::move(url);
  request.time_limit = std::chrono::seconds(10);
  return request;
}

}  // namespace

TEST_CASE("https: the right authority and name are taken, the connection is kept") {
  const Certificates certificates("DNS:localhost,IP:127.0.0.1");
  TlsServer server(certificates);
  {
    const auto client = make_client({.extra_ca_file = certificates.file("ca.pem")});
    for (int i = 0; i < 3; ++i) {
      const auto answer = client->send(get(server.url("localhost")));
      REQUIRE(answer);
      CHECK(answer->body == "secret");
    }
    CHECK(server.connections == 1);
    CHECK(server.seen_name == "localhost");
  }
  const auto client = make_client({.extra_ca_file = certificates.file("ca.pem")});
  REQUIRE(client->send(get(server.url("127.0.0.1"))));
  CHECK(server.seen_name.empty());
}

TEST_CASE("https: a certificate of an unknown authority is refused before anything is sent") {
  const Certificates certificates("DNS:localhost");
  TlsServer server(certificates);
  const auto client = make_client();
  const auto answer = client->send(get(server.url("localhost")));
  const auto why = client->why_no_answer(server.url("localhost"));
  REQUIRE(why);
  CHECK(why->not_trusted);
  for (const auto* word : {"localhost:", "not trusted", "SSL_CERT_FILE", "SSL_CERT_DIR", "ca-certificates"}) {
    CHECK_THAT(why->cause, Catch::Contains(word));
  }
  REQUIRE_FALSE(answer);
  CHECK(answer.failure().kind == FailureKind::unavailable);
  CHECK(server.requests == 0);
}

TEST_CASE("https: a certificate of another host is refused before anything is sent") {
  const Certificates certificates("DNS:elsewhere.example");
  TlsServer server(certificates);
  const auto client = make_client({.extra_ca_file = certificates.file("ca.pem")});
  for (const auto* host : {"localhost", "127.0.0.1"}) {
    CHECK_FALSE(client->send(get(server.url(host))));
    const auto why = client->why_no_answer(server.url(host));
    REQUIRE(why);
    CHECK(why->not_trusted);
    CHECK_THAT(why->cause, Catch::Contains("is not for the name " + std::string(host)));
  }
  CHECK(server.requests == 0);
}

TEST_CASE("https: a server that speaks no TLS is refused") {
  const ScriptedServer plain([](Peer& peer, int) {
    peer.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    peer.discard_all();
  });
  const auto client = make_client();
  const auto url = "https://127.0.0.1:" + std::to_string(plain.port());
  CHECK_FALSE(client->send(get(url)));
  REQUIRE(client->why_no_answer(url));
  CHECK_FALSE(client->why_no_answer(url)->not_trusted);
  CHECK_THAT(client->why_no_answer(url)->cause, Catch::Contains("http://"));
}
