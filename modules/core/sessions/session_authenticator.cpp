#include "session_authenticator.hpp"

#include "dontgoback/http/cookies.hpp"
#include "session_store.hpp"

namespace dontgoback::core {

Result<http::Identity> SessionAuthenticator::authenticate(const http::Request& request) const {
  const auto token = http::cookie(request, "access_token");
  if (!token) return kNotSignedIn;
  const auto verified = verifier_.verify(*token);
  if (!verified) return verified.failure();
  const auto& claims = **verified;

  http::Identity identity;
  identity.kind = http::Identity::Kind::account;
  identity.user = UserId{claims.id};
  identity.session = claims.session;
  const auto role = database_.read([&](storage::Connection& connection) {
    return role_in_session(connection, identity.session, identity.user, clock_.now());
  });
  if (!role) return kNotSignedIn;
  identity.role = *role;
  return identity;
}

}  // namespace dontgoback::core
