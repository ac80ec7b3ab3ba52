#include "routes.hpp"

#include <boost/describe.hpp>

#include "dontgoback/http/entity_tag.hpp"
#include "dontgoback/http/error.hpp"
#include "dontgoback/json/reader.hpp"
#include "dontgoback/security/hash.hpp"

namespace dontgoback::auth {

namespace {

// Members are named as on the wire.
struct TokenRequest {
  std::string clientId;
  std::string clientSecret;
};
BOOST_DESCRIBE_STRUCT(TokenRequest, (), (clientId, clientSecret))

constexpr Failure kWrongCredentials{
    FailureKind::unauthenticated,
    {"클라이언트 ID 또는 시크릿이 올바르지 않습니다.", "The client id or secret is wrong."}};

http::Response token(const Clients& clients, const Issuer& issuer, const http::Request& request) {
  const auto credentials = http::unwrap(json::read<TokenRequest>(request.body));
  const auto scopes = clients.scopes_of(credentials.clientId, credentials.clientSecret);
  if (!scopes) throw http::Error(kWrongCredentials);
  return http::text(200, issuer.issue(credentials.clientId, *scopes)).header("Cache-Control", "no-store");
}

/// A document that stays the same while the process runs.
struct Document {
  std::string body;
  std::string etag;
};

http::Response jwks(const Document& keys, const http::Request& request) {
  http::Response response;
  if (http::names_entity_tag(request.header("If-None-Match"), keys.etag)) {
    response.status = 304;
  } else {
    response.body = keys.body;
  }
  response.header("ETag", keys.etag).header("Cache-Control", "public, max-age=300");
  return response;
}

constexpr std::size_t kTokenBody = 8 * 1024;

}  // namespace

void add_routes(http::Router& router, std::shared_ptr<const Clients> clients, std::shared_ptr<const Issuer> issuer) {
  using http::Access;
  using http::Lane;
  using http::Method;

  const std::string der = security::base64_encode(issuer->key().public_der());
  Document keys{security::jwks({issuer->key()}), {}};
  keys.etag = http::entity_tag(keys.body);

  router.add({Method::post, "/msa/auth/api/token", Access::anyone(), Lane::query, kTokenBody,
              [clients, issuer](const http::Request& request) { return token(*clients, *issuer, request); }});
  router.add({Method::get, "/msa/auth/api/public-key", Access::anyone(), Lane::inline_, http::kNoBody,
              [der](const http::Request&) { return http::text(200, der); }});
  router.add({Method::get, "/msa/auth/api/jwks.json", Access::anyone(), Lane::inline_, http::kNoBody,
              [keys](const http::Request& request) { return jwks(keys, request); }});
}

}  // namespace dontgoback::auth
