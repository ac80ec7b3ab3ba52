#include <strings.h>

#include "dontgoback/security/token_verifier.hpp"

namespace dontgoback::security {
namespace {

constexpr Failure kNoToken{FailureKind::unauthenticated, {"인증이 필요합니다.", "A bearer token is needed."}};

/// The token of `Bearer <token>` (RFC 6750 section 2.1); the scheme's case does not matter. Empty when there is none.
std::string_view bearer_token(std::string_view authorization) {
  static constexpr std::string_view kScheme = "Bearer ";
  if (authorization.size() < kScheme.size() || strncasecmp(authorization.data(), kScheme.data(), kScheme.size()) != 0) {
    return {};
  }
  const auto start = authorization.find_first_not_of(' ', kScheme.size());
  return start == std::string_view::npos ? std::string_view{} : authorization.substr(start);
}

}  // namespace

Result<http::Identity> BearerAuthenticator::authenticate(const http::Request& request) const {
  if (request.headers->count("Authorization") != 1) return kNoToken;
  const auto token = bearer_token(request.header("Authorization"));
  if (token.empty()) return kNoToken;
  const auto claims = verifier_->verify(token);
  if (!claims) return claims.failure();
  http::Identity identity;
  identity.kind = http::Identity::Kind::service;
  identity.client_id = (*claims)->client_id.empty() ? (*claims)->subject : (*claims)->client_id;
  identity.scopes = (*claims)->scopes;
  return identity;
}

}  // namespace dontgoback::security
