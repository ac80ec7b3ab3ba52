#include "dontgoback/security/tokens/claims.hpp"

#include <boost/describe.hpp>

#include "dontgoback/text/parts.hpp"
#include "jose/numeric_date.hpp"

namespace dontgoback::security {
namespace {

/// One text or a list of them (RFC 7519 section 4.1.3).
struct Audience {
  std::vector<std::string> names;
};

bool read(const boost::json::value& from, Audience& to) {
  if (from.is_string()) {
    to.names = {std::string(from.get_string())};
    return true;
  }
  return json::detail::read(from, to.names);
}

/// RFC 7800 section 3. Another confirmation than a DPoP key is one that we cannot ask for, so that the token is not
/// read.
struct Confirmation {
  std::string jkt;
};
BOOST_DESCRIBE_STRUCT(Confirmation, (), (jkt))

struct Payload {
  std::string iss, sub;
  NumericDate exp, iat;
  std::optional<NumericDate> nbf;
  std::optional<Audience> aud;
  std::optional<Confirmation> cnf;
  std::optional<std::string> client_id, jti, scope, role;
  std::optional<std::int64_t> id, sid;
};
BOOST_DESCRIBE_STRUCT(Payload, (), (iss, sub, exp, iat, nbf, aud, cnf, client_id, jti, scope, role, id, sid))

struct AssertionPayload {
  std::string iss, sub;
  NumericDate exp;
  std::optional<NumericDate> iat, nbf;
  std::optional<Audience> aud;
  std::optional<std::string> jti;
};
BOOST_DESCRIBE_STRUCT(AssertionPayload, (), (iss, sub, exp, iat, nbf, aud, jti))

/// The scopes of a space-separated list (RFC 6749 section 3.3). `*` is a word like any other there, but http::Identity
/// takes it for all scopes, which no token may ask for.
std::vector<std::string> scopes_of(std::string_view list) {
  std::vector<std::string> found;
  while (!list.empty()) {
    const auto scope = text::take(list, ' ');
    if (!scope.empty() && scope != "*") found.emplace_back(scope);
  }
  return found;
}

}  // namespace

std::optional<ReadClaims> read_claims(std::string_view text) {
  auto payload = json::read<Payload>(text);
  if (!payload || (payload->cnf && payload->cnf->jkt.empty())) return std::nullopt;
  ReadClaims read;
  read.claims.issuer = std::move(payload->iss);
  read.claims.subject = std::move(payload->sub);
  read.claims.client_id = payload->client_id.value_or("");
  read.claims.jti = payload->jti.value_or("");
  if (payload->cnf) read.claims.confirmation = std::move(payload->cnf->jkt);
  read.claims.scopes = scopes_of(payload->scope.value_or(""));
  read.claims.id = payload->id.value_or(0);
  read.claims.session = payload->sid.value_or(0);
  read.claims.role = payload->role.value_or("");
  read.claims.issued_at = payload->iat.moment;
  read.claims.expires_at = payload->exp.moment;
  if (payload->aud) read.audience = std::move(payload->aud->names);
  if (payload->nbf) read.not_before = payload->nbf->moment;
  read.has_scope = payload->scope.has_value();
  return read;
}

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

}  // namespace dontgoback::security
