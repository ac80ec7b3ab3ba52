#pragma once

#include <chrono>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "dontgoback/http/response.hpp"

namespace dontgoback::auth {

/// An error response of RFC 6749 section 5.2. Thrown by whatever serves one of the OAuth endpoints, answered in one
/// place (endpoint.hpp). Codes and descriptions are printable ASCII without `"` and `\`.
class Refusal : public std::runtime_error {
 public:
  Refusal(int status, std::string_view error, const std::string& description)
      : std::runtime_error(description), status_(status), error_(error) {}

  int status() const { return status_; }
  /// A literal.
  std::string_view error() const { return error_; }

  /// The same request may be good after that.
  std::optional<std::chrono::seconds> retry_after;
  /// For a DPoP proof that is to be made again with it (RFC 9449 section 8).
  std::string dpop_nonce;
  /// The registered client that asked, as far as it is known; for the audit trail.
  std::string client;

 private:
  int status_;
  std::string_view error_;
};

http::Response refused(const Refusal& refusal);

inline Refusal invalid_request(const std::string& description) { return {400, "invalid_request", description}; }
Refusal invalid_client(const std::string& description);
Refusal too_many_failures(std::chrono::seconds wait);
Refusal try_again(const std::string& description);

}  // namespace dontgoback::auth
