#include "jwks_route.hpp"

#include "dontgoback/http/entity_tag.hpp"
#include "dontgoback/security/jose/jwks.hpp"

namespace dontgoback::core::sessions {

void add_jwks_route(http::Router& router, const security::SigningKey& key) {
  const auto keys = security::jwks({key});
  const auto etag = http::entity_tag(keys);
  router.add({http::Method::get, "/api/jwks.json", http::Access::anyone(), http::Lane::inline_, http::kNoBody,
              [keys, etag](const http::Request& request) {
                http::Response response;
                if (http::names_entity_tag(request.header("If-None-Match"), etag)) {
                  response.status = 304;
                } else {
                  response.content_type = "application/jwk-set+json";
                  response.body = keys;
                }
                response.header("Cache-Control", "public, max-age=300");
                response.header("ETag", etag);
                return response;
              }});
}

}  // namespace dontgoback::core::sessions
