#include "authentication/assertion_claims.hpp"

#include <boost/describe.hpp>
#include <utility>

#include "dontgoback/security/jose/audience.hpp"
#include "dontgoback/security/jose/numeric_date.hpp"

namespace dontgoback::auth {
namespace {

using security::Audience;
using security::NumericDate;

struct AssertionPayload {
  std::string iss, sub;
  NumericDate exp;
  std::optional<NumericDate> iat, nbf;
  std::optional<Audience> aud;
  std::optional<std::string> jti;
};
BOOST_DESCRIBE_STRUCT(AssertionPayload, (), (iss, sub, exp, iat, nbf, aud, jti))

}  // namespace

std::optional<AssertionClaims> read_assertion_claims(std::string_view text) {
  auto payload = json::read<AssertionPayload>(text);
  if (!payload) return std::nullopt;
  AssertionClaims claims;
  claims.issuer = std::move(payload->iss);
  claims.subject = std::move(payload->sub);
  claims.jti = std::move(payload->jti).value_or("");
  if (payload->aud) claims.audience = std::move(payload->aud->names);
  claims.expires_at = payload->exp.moment;
  if (payload->iat) claims.issued_at = payload->iat->moment;
  if (payload->nbf) claims.not_before = payload->nbf->moment;
  return claims;
}

}  // namespace dontgoback::auth
