#include "jwks_route.hpp"

#include "dontgoback/security/hash.hpp"

namespace dontgoback::core {

void add_jwks_route(http::Router& router, const security::SigningKey& key) {
  const auto keys = security::jwks({key});
  const auto etag = '"' + security::base64url_encode(security::bytes(security::sha256(keys))) + '"';
  router.add({http::Method::get, "/api/jwks.json", http::Access::anyone(), http::Lane::inline_, http::kNoBody,
              [keys, etag](const http::Request& request) {
                http::Response response;
                // An entity tag of ours is in no other's text, so looking for it reads lists and weak forms too.
                if (request.header("If-None-Match").find(etag) != std::string_view::npos) {
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

}  // namespace dontgoback::core
