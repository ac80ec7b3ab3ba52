#pragma once

#include "authentication/authenticator.hpp"
#include "dontgoback/http/router.hpp"
#include "endpoints/endpoint.hpp"
#include "resource_server/proof.hpp"
#include "tokens/issuer.hpp"

namespace dontgoback::auth {

/// `POST /msa/auth/api/token`: the client credentials grant, as a form of RFC 6749 section 4.4 and as the JSON of the
/// first release (contract, section 4). Any thread; CPU work, no database.
class TokenEndpoint {
 public:
  TokenEndpoint(const ClientAuthenticator& clients, const Issuer& issuer, const ProofVerifier& proofs,
                Refusals& refusals, telemetry::Metrics& metrics);

  http::Response answer(const http::Request& request) const;

 private:
  http::Response answer_form(const http::Request& request) const;
  http::Response answer_json(const http::Request& request) const;
  std::string proven_key(const http::Request& request, const Client& client) const;

  const ClientAuthenticator& clients_;
  const Issuer& issuer_;
  const ProofVerifier& proofs_;
  Refusals& refusals_;
  telemetry::Counter& issued_;
};

}  // namespace dontgoback::auth
