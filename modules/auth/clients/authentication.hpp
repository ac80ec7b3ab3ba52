#pragma once

#include <memory>
#include <optional>
#include <string>

#include "clients/assertion.hpp"
#include "clients/failure_limit.hpp"
#include "clients/last_uses.hpp"
#include "dontgoback/http/request.hpp"
#include "endpoints/form.hpp"
#include "registry/registry.hpp"

namespace dontgoback::auth {

/// How a client authenticates (RFC 6749 section 2.3, RFC 7523 section 2.2).
struct Credentials {
  enum class Method { client_secret_basic, client_secret_post, private_key_jwt };
  Method method = Method::client_secret_post;
  std::string client_id;
  std::string secret;
  std::string assertion;
};

/// Throws Refusal: invalid_request for more than one method at once or an incomplete one, invalid_client for none or an
/// `Authorization` field that is not well-formed Basic. A fuzzer may call it.
Credentials read_credentials(const http::Request& request, const Form& form);

/// A client that is who it says, and the snapshot it was found in.
struct Authenticated {
  std::shared_ptr<const Snapshot> snapshot;
  const Client* client = nullptr;
};

/// Authenticates clients at every endpoint that asks who they are. Any thread.
class ClientAuthenticator {
 public:
  ClientAuthenticator(const Registry& registry, AssertionVerifier assertions, FailureLimit& limit, LastUses& uses);

  /// Throws Refusal: invalid_client, or temporarily_unavailable (429) after too many failures.
  Authenticated authenticate(const Credentials& credentials, std::string_view address) const;

 private:
  /// Throws a Refusal of what may be a guess: only that counts as a failure. The claims of an assertion, which are the
  /// client's own but may not be good here and now; nothing for a secret.
  std::optional<security::AssertionClaims> prove(const Client* client, const Credentials& credentials) const;

  const Registry& registry_;
  const AssertionVerifier assertions_;
  FailureLimit& limit_;
  LastUses& uses_;
};

}  // namespace dontgoback::auth
