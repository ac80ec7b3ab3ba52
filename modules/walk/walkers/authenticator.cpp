#include "authenticator.hpp"

namespace dontgoback::walk::walkers {

http::Identity identity_of(const Holder& holder) {
  http::Identity identity;
  identity.kind = http::Identity::Kind::walker;
  identity.walker = holder.walker;
  identity.session = holder.session;
  return identity;
}

Result<http::Identity> WalkerAuthenticator::authenticate(const http::Request& request) const {
  std::optional<std::string_view> token;
  if (request.headers->count("Authorization") != 0) {
    if (request.headers->count("Authorization") > 1) return kNotSignedIn;
    token = bare(request.header("Authorization"));
  } else {
    token = cookies_.find(request).access;
  }
  if (!token) return kNotSignedIn;
  const auto holder = service_.tokens().read_access_token(*token, service_.clock().now());
  if (!holder || !service_.goes_on(*holder)) return kNotSignedIn;
  return identity_of(*holder);
}

}  // namespace dontgoback::walk::walkers
