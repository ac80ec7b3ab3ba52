#pragma once

#include <memory>

#include "dontgoback/http/router.hpp"
#include "dontgoback/security/tokens/proof.hpp"
#include "dontgoback/security/tokens/token_verifier.hpp"

namespace dontgoback::security {

/// Lets services in by their access tokens: `Authorization: Bearer` (RFC 6750 section 2.1), or `Authorization: DPoP`
/// with a proof of the key that the token is bound to (RFC 9449 section 7.1). A bound token is never taken as a bearer
/// token, nor the other way round. The host has one; a module guards a route with one line:
///
///     host.router.add({Method::post, "/msa/ext/api/update-asset/{userId}",
///                      Access::service(host.services, "asset:update"), Lane::query, kBody, handler});
///
/// 401 (thrown as http::Error) says why in `WWW-Authenticate`; 503 when nothing can be judged just now. The host
/// answers 403 with `insufficient_scope` when the token has not the scope. Any thread that may block.
class ServiceAuthenticator final : public http::Authenticator {
 public:
  /// `proofs` outlives it.
  ServiceAuthenticator(std::shared_ptr<const TokenVerifier> tokens, const ProofVerifier& proofs)
      : tokens_(std::move(tokens)), proofs_(proofs) {}
  Result<http::Identity> authenticate(const http::Request& request) const override;

 private:
  const std::shared_ptr<const TokenVerifier> tokens_;
  const ProofVerifier& proofs_;
};

}  // namespace dontgoback::security
