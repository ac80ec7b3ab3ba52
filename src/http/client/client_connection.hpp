#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>

#include "dontgoback/http/client.hpp"
#include "dontgoback/text/url.hpp"
#include "http/client/resolver.hpp"

namespace dontgoback::http {

using ClientDeadline = std::chrono::steady_clock::time_point;

/// A call failed before any byte of the answer, not by its time limit: on a kept connection it may be sent again.
class NothingCame : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The server's certificate is not trusted. In words for an operator.
class NotTrusted : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// One connection to a server, used by one call at a time. Every method throws std::runtime_error when it fails or the
/// deadline passes; then the connection is of no more use.
class ClientConnection {
 public:
  /// What is at the endpoints: the server itself, or a proxy that is asked to connect us to it.
  enum class Way { direct, by_proxy };
  /// Connects; with a TLS context verifies the server's certificate and that it is this host's.
  static std::unique_ptr<ClientConnection> open(const text::Url& url, const Resolver::Endpoints& endpoints,
                                                boost::asio::ssl::context* tls, ClientDeadline deadline,
                                                Way way = Way::direct);
  virtual ~ClientConnection() = default;

  struct Answer {
    ClientResponse response;
    bool keep = false;  ///< the connection is good for another call
    std::string date;   ///< the server's clock, as it wrote it (RFC 9110 section 6.6.1)
    /// When the certificate that it showed is good no more; nothing without TLS.
    std::optional<std::chrono::sys_seconds> certificate_ends;
  };
  /// Whether nothing came since the last answer: what did would be taken for the next one's.
  virtual bool quiet() = 0;
  virtual Answer exchange(const std::string& head, const ClientRequest& request, ClientDeadline deadline) = 0;
};

}  // namespace dontgoback::http
