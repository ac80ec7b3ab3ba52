#pragma once

#include "authentication/authenticator.hpp"
#include "dontgoback/http/router.hpp"
#include "dontgoback/security/tokens/token_verifier.hpp"
#include "dontgoback/storage/database.hpp"
#include "endpoints/endpoint.hpp"

namespace dontgoback::auth {

/// `POST /msa/auth/api/introspect` (RFC 7662): whether a token is good now and what it says. A client learns that of
/// its own tokens, and of all tokens when it has the scope `token:introspect`; of others they are not active. Any
/// thread; CPU work.
class IntrospectionEndpoint {
 public:
  /// `tokens` verifies what this server signed, whatever its audience, for as long as any verifier may take it.
  IntrospectionEndpoint(const ClientAuthenticator& clients, const security::TokenVerifier& tokens, Refusals& refusals,
                        const time::Clock& clock);
  http::Response answer(const http::Request& request) const;

 private:
  http::Response answer_form(const http::Request& request) const;

  const ClientAuthenticator& clients_;
  const security::TokenVerifier& tokens_;
  Refusals& refusals_;
  const time::Clock& clock_;
};

/// `POST /msa/auth/api/revoke` (RFC 7009): a client takes one of its tokens back before it ends. The answer comes once
/// that is on disk; other nodes follow with their next look at the deny-list. May block.
class RevocationEndpoint {
 public:
  RevocationEndpoint(const ClientAuthenticator& clients, const security::TokenVerifier& tokens, Refusals& refusals,
                     storage::Database& database, Registry& registry, AuditTrail& trail);
  http::Response answer(const http::Request& request) const;

 private:
  http::Response answer_form(const http::Request& request) const;

  const ClientAuthenticator& clients_;
  const security::TokenVerifier& tokens_;
  Refusals& refusals_;
  storage::Database& database_;
  Registry& registry_;
  AuditTrail& trail_;
};

}  // namespace dontgoback::auth
