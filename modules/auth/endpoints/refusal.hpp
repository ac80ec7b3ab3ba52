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
  /// `reason`: what exactly is wrong, for the operator: one word, a literal, nothing of the request.
  Refusal(int status, std::string_view error, std::string_view reason, const std::string& description)
      : std::runtime_error(description), status_(status), error_(error), reason_(reason) {}

  /// Of invalid_client 401, which `refused` says to who used `Authorization` only.
  int status() const { return status_; }
  /// A literal.
  std::string_view error() const { return error_; }
  std::string_view reason() const { return reason_; }

  /// The same request, or one made anew in the same way, may be good after that.
  std::optional<std::chrono::seconds> retry_after;
  /// For a DPoP proof that is to be made again with it (RFC 9449 section 8).
  std::string dpop_nonce;
  /// The registered client that asked, as far as it is known; for the audit trail.
  std::string client;

 private:
  int status_;
  std::string_view error_;
  std::string_view reason_;
};

/// The answer. A client that is not authenticated gets 401 where it used `Authorization`, with a challenge of the
/// scheme it used (RFC 6749 section 5.2, RFC 9110 section 11.6.1), else 400: whoever sent no `Authorization` is not to
/// be asked for one, and client libraries read no body beside a challenge.
http::Response refused(const Refusal& refusal, const http::Request& request);
/// `Basic`, with the error in it.
std::string basic_challenge(std::string_view error, std::string_view description);
/// What fails at an OAuth endpoint before or beside it, in the form of RFC 6749: http::FailureForm.
http::Response oauth_failure(const http::Request& request, int status, const Message& message);

inline Refusal invalid_request(std::string_view reason, const std::string& description) {
  return {400, "invalid_request", reason, description};
}
Refusal invalid_client(std::string_view reason, const std::string& description);
Refusal too_many_failures(std::chrono::seconds wait);
Refusal try_again(std::string_view reason, const std::string& description,
                  std::chrono::seconds wait = std::chrono::seconds(1));

}  // namespace dontgoback::auth
