#pragma once

#include "authentication/authenticator.hpp"
#include "clients/failure_limit.hpp"
#include "endpoints/endpoint.hpp"
#include "nodes/admission.hpp"

namespace dontgoback::auth {

/// What nodes of this program ask of their auth server besides tokens: to be let in by a code, where the others are,
/// and a new secret in the place of theirs. Forms as at the other endpoints, and their refusals. Any thread that may
/// block.
class NodesEndpoint {
 public:
  NodesEndpoint(NodeAdmission& admission, const ClientAuthenticator& clients, FailureLimit& failures,
                Refusals& refusals, Registry& registry)
      : admission_(admission), clients_(clients), failures_(failures), refusals_(refusals), registry_(registry) {}

  /// `code`, `secret_digest` (base64url of SHA-256 of the secret that the node has made) and `url`.
  http::Response join(const http::Request& request) const;
  /// The client's credentials, and perhaps `url`: where it is from now on.
  http::Response look(const http::Request& request) const;
  /// The client's secret, and `secret_digest` of another.
  http::Response replace_secret(const http::Request& request) const;

 private:
  http::Response admit(const http::Request& request) const;
  http::Response tell(const http::Request& request) const;
  http::Response take_secret(const http::Request& request) const;

  NodeAdmission& admission_;
  const ClientAuthenticator& clients_;
  FailureLimit& failures_;
  Refusals& refusals_;
  Registry& registry_;
};

}  // namespace dontgoback::auth
