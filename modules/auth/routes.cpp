#include "routes.hpp"

#include "dontgoback/http/entity_tag.hpp"
#include "dontgoback/security/crypto/base64.hpp"
#include "endpoints/metadata.hpp"
#include "endpoints/refusal.hpp"
#include "names.hpp"

namespace dontgoback::auth {

namespace {

http::Response polled(const Document& document, const http::Request& request, std::string cache_control) {
  http::Response response;
  if (http::names_entity_tag(request.header("If-None-Match"), document.etag)) {
    response.status = 304;
  } else {
    response.body = document.body;
  }
  response.header("ETag", document.etag).header("Cache-Control", std::move(cache_control));
  return response;
}

std::string key_set_cache_control() { return "public, max-age=" + std::to_string(kKeySetCacheLife.count()); }

/// An assertion and a proof of a 4096-bit key fit.
constexpr std::size_t kFormBody = 16 * 1024;

}  // namespace

void add_routes(http::Router& router, const Endpoints& endpoints) {
  using http::Access;
  using http::Lane;
  using http::Method;

  const auto post = [&router, &endpoints](std::string_view path, Lane lane, const auto& endpoint) {
    router.add({.method = Method::post,
                .path = path,
                .access = Access::anyone(),
                .lane = lane,
                .body_limit = kFormBody,
                .handler = [&endpoint](const http::Request& request) { return endpoint.answer(request); },
                .failure_form = oauth_failure,
                .page_origins = path == kTokenPath ? endpoints.page_origins : std::vector<std::string>()});
  };
  const auto of_nodes = [&router, &nodes = endpoints.nodes](std::string_view path, auto answer) {
    router.add({.method = Method::post,
                .path = path,
                .access = Access::anyone(),
                .lane = Lane::command,
                .body_limit = kFormBody,
                .handler = [&nodes, answer](const http::Request& request) { return (nodes.*answer)(request); },
                .failure_form = oauth_failure});
  };
  of_nodes(kJoinPath, &NodesEndpoint::join);
  of_nodes(kNodesPath, &NodesEndpoint::look);
  of_nodes(kNodeSecretPath, &NodesEndpoint::replace_secret);
  post(kTokenPath, Lane::inline_, endpoints.token);
  post(kIntrospectionPath, Lane::query, endpoints.introspection);
  post(kRevocationPath, Lane::command, endpoints.revocation);

  const auto get = [&router, &endpoints](std::string_view path, http::Handler handler) {
    router.add({.method = Method::get,
                .path = path,
                .access = Access::anyone(),
                .lane = Lane::inline_,
                .body_limit = http::kNoBody,
                .handler = std::move(handler),
                .page_origins = path == kPublicKeyPath ? std::vector<std::string>() : endpoints.page_origins});
  };
  const auto& registry = endpoints.registry;
  get(kKeySetPath, [&registry](const http::Request& request) {
    return polled(registry.current()->jwks(), request, key_set_cache_control());
  });
  const auto deny_list = [&registry](const http::Request& request) {
    return polled(registry.current()->deny_list(), request, "no-cache");
  };
  router.add({.method = Method::get,
              .path = kDenyListPath,
              .access = Access::anyone(),
              .lane = Lane::inline_,
              .body_limit = http::kNoBody,
              .handler = deny_list,
              .routine = true});  // of every verifier, every five seconds
  get(kPublicKeyPath, [&registry, &clock = endpoints.clock](const http::Request&) {
    const auto snapshot = registry.current();
    return http::text(200, security::base64_encode(snapshot->signing_key(clock.now()).public_der()));
  });
  const Document metadata{endpoints.metadata, http::entity_tag(endpoints.metadata)};
  get(endpoints.metadata_path,
      [metadata](const http::Request& request) { return polled(metadata, request, key_set_cache_control()); });
}

}  // namespace dontgoback::auth
