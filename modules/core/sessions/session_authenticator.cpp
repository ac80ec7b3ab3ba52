#include "session_authenticator.hpp"

#include "session_store.hpp"
#include "tokens.hpp"

namespace dontgoback::core::sessions {

Result<http::Identity> SessionAuthenticator::authenticate(const http::Request& request) const {
  const auto token = cookies_.find(request).access;
  if (!token) return kNotSignedIn;
  const auto verified = verifier_.verify(*token);
  if (!verified) return verified.failure();
  const auto& claims = **verified;

  http::Identity identity;
  identity.kind = http::Identity::Kind::account;
  identity.user = UserId{claims.id};
  identity.session = claims.session;
  const auto session = database_.read(
      [&](storage::Connection& connection) { return find_open_session(connection, identity.session, identity.user); });
  if (!session || is_past(session->expires_at, kSessionLife, clock_, trust_)) return kNotSignedIn;
  identity.role = session->role;
  return identity;
}

}  // namespace dontgoback::core::sessions
