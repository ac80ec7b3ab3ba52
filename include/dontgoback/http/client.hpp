#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dontgoback/http/request.hpp"
#include "dontgoback/result.hpp"

namespace dontgoback::http {

struct ClientRequest {
  Method method = Method::get;
  std::string url;  ///< absolute, http or https
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  std::chrono::milliseconds time_limit{3000};  ///< connect, send and receive together
  std::size_t body_limit = 4 * 1024 * 1024;    ///< of the answer
  /// `http://HOST:PORT` of a proxy that connects us to the server by CONNECT (RFC 9110 section 9.3.6), and sees no more
  /// of an https call than the host; empty: none. Of `send` alone.
  std::string proxy = {};
};

struct ClientResponse {
  int status = 0;
  std::string body;
  std::string etag;
  std::string content_type;
  std::string retry_after;  ///< as it was written; empty when there was none
};

/// What a call to a stranger's URL came to.
struct StrangersAnswer {
  std::optional<ClientResponse> response;
  std::string cause;  ///< why there is none, for an operator: it may name the host, and nothing else of the URL
};

/// Why a call had no answer, for an operator.
struct NoAnswer {
  bool not_trusted = false;  ///< the certificate; nobody but an operator mends that
  std::string cause;
};

/// Calls other nodes over pooled keep-alive connections; https verifies the certificate and the host name.
/// Blocks the caller: a worker, a job, a command; never an I/O thread. Any thread.
class Client {
 public:
  virtual ~Client() = default;
  /// The answer, whatever its status; unavailable when there was none in time. A request that failed on a kept
  /// connection before any byte of the answer is sent once more on a new one.
  virtual Result<ClientResponse> send(const ClientRequest& request) = 0;
  /// The same to a URL that a stranger gave, so that nobody reaches by us what only we can: the address connected to is
  /// a public one, whatever the name says, or there is no answer. Of all strangers' servers together a few connections
  /// are kept, and nothing is remembered or logged.
  virtual StrangersAnswer send_to_stranger(const ClientRequest& request) = 0;
  /// Of the last call to the host and port of `url`; nothing when it had an answer, or there was none.
  virtual std::optional<NoAnswer> why_no_answer(const std::string& url) const {
    static_cast<void>(url);
    return std::nullopt;
  }
};

}  // namespace dontgoback::http
