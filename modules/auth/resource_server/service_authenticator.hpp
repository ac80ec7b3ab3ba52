#pragma once

#include <memory>

#include "dontgoback/ports/service_authenticator.hpp"
#include "resource_server/proof.hpp"
#include "resource_server/service_tokens.hpp"

namespace dontgoback::auth {

/// A bound token is never taken as a bearer token, nor the other way round.
class ServiceAuthenticator final : public ports::ServiceAuthenticator {
 public:
  /// `proofs` outlives it.
  ServiceAuthenticator(std::shared_ptr<const ServiceTokens> tokens, const ProofVerifier& proofs)
      : tokens_(std::move(tokens)), proofs_(proofs) {}
  Result<http::Identity> authenticate(const http::Request& request) const override;

 private:
  const std::shared_ptr<const ServiceTokens> tokens_;
  const ProofVerifier& proofs_;
};

}  // namespace dontgoback::auth
