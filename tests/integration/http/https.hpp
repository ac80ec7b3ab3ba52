#pragma once

#include <openssl/ssl.h>

#include <array>
#include <catch2/catch.hpp>
#include <future>
#include <memory>

#include "certificates.hpp"
#include "security/tls/server_certificate.hpp"
#include "test_server.hpp"

namespace dontgoback::http::testing {

using security::ServerCertificate;

template <auto Free>
struct FreedBy {
  template <class T>
  void operator()(T* object) const {
    Free(object);
  }
};
using Ssl = std::unique_ptr<SSL, FreedBy<SSL_free>>;

inline constexpr std::size_t kLarge = 3'000'000;
inline const std::string kFixed(100'000, 'f');
inline const std::string kHello = TestServer::request("GET", "/hello");

/// A server that ends TLS itself.
struct Https : TestServer {
  explicit Https(const Certificates& certificates)
      : certificate({certificates.file("node.pem"), certificates.file("node.key")}) {
    settings.certificate = &certificate;
    settings.public_url_is_https = true;
    add(Method::get, "/hello", Lane::inline_, kNoBody, [](const Request&) { return text(200, "hello"); });
    add(Method::post, "/size", Lane::query, kLarge,
        [](const Request& request) { return text(200, std::to_string(request.body.size())); });
    add(Method::get, "/large", Lane::query, kNoBody,
        [](const Request&) { return text(200, std::string(kLarge, 'b')); });
    add(Method::get, "/fixed", Lane::inline_, kNoBody, [](const Request&) {
      Response response;
      response.fixed_body = kFixed;
      return response;
    });
    add(Method::get, "/events", Lane::query, kNoBody, [this](const Request&) {
      Response response;
      response.content_type = "text/event-stream";
      response.stream = [this](std::shared_ptr<Stream> stream) { started.set_value(std::move(stream)); };
      return response;
    });
  }
  ~Https() { stop(); }

  ServerCertificate certificate;
  std::promise<std::shared_ptr<Stream>> started;
};

/// A client whose bytes go under TLS.
class TlsPeer {
 public:
  struct Wants {
    int at_most = TLS1_3_VERSION;
    std::string protocols;  ///< ALPN's list, each after its length
    SSL_SESSION* session = nullptr;
  };
  explicit TlsPeer(unsigned short port) : TlsPeer(port, Wants{}) {}
  TlsPeer(unsigned short port, const Wants& wants) : peer_(port), context_(SSL_CTX_new(TLS_client_method())) {
    SSL_CTX_set_max_proto_version(context_.get(), wants.at_most);
    SSL_CTX_set_min_proto_version(context_.get(), TLS1_VERSION);
    SSL_CTX_set_cipher_list(context_.get(), "DEFAULT:@SECLEVEL=0");
    ssl_.reset(SSL_new(context_.get()));
    SSL_set_fd(ssl_.get(), peer_.descriptor());
    if (!wants.protocols.empty()) {
      SSL_set_alpn_protos(ssl_.get(), reinterpret_cast<const unsigned char*>(wants.protocols.data()),
                          static_cast<unsigned>(wants.protocols.size()));
    }
    if (wants.session != nullptr) SSL_set_session(ssl_.get(), wants.session);
    greeted = SSL_connect(ssl_.get()) == 1;
  }

  void send(std::string_view bytes) {
    while (!bytes.empty()) {
      const int n = SSL_write(ssl_.get(), bytes.data(), static_cast<int>(bytes.size()));
      REQUIRE(n > 0);
      bytes.remove_prefix(static_cast<std::size_t>(n));
    }
  }
  std::string read_until(std::string_view end) {
    while (received_.find(end) == std::string::npos) REQUIRE(fill());
    return take(received_.find(end) + end.size());
  }
  std::string read(std::size_t size) {
    while (received_.size() < size) REQUIRE(fill());
    return take(size);
  }
  /// The body of the next answer.
  std::string answer() {
    const auto head = read_until("\r\n\r\n");
    const auto at = head.find("Content-Length: ");
    return read(std::stoul(head.substr(at + 16)));
  }
  std::string ask(std::string_view bytes) {
    send(bytes);
    return answer();
  }
  /// A goodbye by TLS, not only a closed socket.
  bool ended_whole() {
    while (fill()) {
    }
    return SSL_get_error(ssl_.get(), last_) == SSL_ERROR_ZERO_RETURN;
  }
  Peer& socket() { return peer_; }
  SSL* ssl() { return ssl_.get(); }

  bool greeted = false;

 private:
  bool fill() {
    std::array<char, 16'384> bytes;
    last_ = SSL_read(ssl_.get(), bytes.data(), bytes.size());
    if (last_ > 0) received_.append(bytes.data(), static_cast<std::size_t>(last_));
    return last_ > 0;
  }
  std::string take(std::size_t size) {
    auto taken = received_.substr(0, size);
    received_.erase(0, size);
    return taken;
  }

  Peer peer_;
  std::unique_ptr<SSL_CTX, FreedBy<SSL_CTX_free>> context_;
  Ssl ssl_;
  std::string received_;
  int last_ = 0;
};

}  // namespace dontgoback::http::testing
