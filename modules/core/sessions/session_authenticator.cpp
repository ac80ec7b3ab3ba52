#include "session_authenticator.hpp"

#include "dontgoback/http/error.hpp"
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

Result<http::Identity> StrangersToo::authenticate(const http::Request& request) const {
  const auto found = cookies_.find(request);
  if (!found.access && !found.refresh) return http::Identity{};
  return sessions_.authenticate(request);
}

Result<http::Identity> RenewalAuthenticator::authenticate(const http::Request& request) const {
  const auto token = cookies_.find(request).refresh;
  if (auto holder = token ? service_.holder_of(*token) : std::nullopt) return std::move(*holder);
  http::Error error(kNotSignedIn);
  for (auto& [name, value] : cookies_.clear({}).headers) error.header(name, std::move(value));
  throw error;
}

}  // namespace dontgoback::core::sessions
