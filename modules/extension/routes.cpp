#include "routes.hpp"

#include <utility>

#include "handlers.hpp"

namespace dontgoback::extension {
namespace {

constexpr std::size_t kOneBody = 4 * 1024;
constexpr std::size_t kManyBody = 256 * 1024;

}  // namespace

void add_routes(http::Router& router, const http::Authenticator& services, std::shared_ptr<ports::AssetSource> source,
                const time::Clock& clock, const time::Zone& zone) {
  const Assets assets{std::move(source), clock, zone};
  const auto post = [&](std::string_view path, std::size_t body, auto handle) {
    router.add({http::Method::post, path, http::Access::service(services, "asset:update"), http::Lane::query, body,
                [assets, handle](const http::Request& request) { return handle(assets, request); }});
  };
  post("/msa/ext/api/update-asset/{userId}", kOneBody, update_asset);
  post("/msa/ext/api/update-assets", kManyBody, update_assets);
}

}  // namespace dontgoback::extension
