#include "providers.hpp"

namespace dontgoback::core::sign_in {
namespace {

http::Response list_providers(const std::vector<ProviderSettings>& providers, const http::Request& request) {
  return http::envelope(request, 200, {"로그인 제공자 목록입니다.", "Who vouches for members at sign-in."},
                        [&](json::Writer& writer) {
                          writer.begin_object();
                          writer.key("providers");
                          writer.begin_array();
                          for (const auto& provider : providers) {
                            writer.begin_object();
                            writer.field("id", provider.id);
                            writer.field("name", provider.name);
                            writer.end_object();
                          }
                          writer.end_array();
                          writer.end_object();
                        });
}

}  // namespace

void add_providers_route(http::Router& router, const std::vector<ProviderSettings>& providers) {
  // The same until the program starts anew, so no database is asked.
  router.add({http::Method::get, "/api/v1/sign-in-providers", http::Access::anyone(), http::Lane::inline_,
              http::kNoBody, [providers](const http::Request& request) { return list_providers(providers, request); }});
}

}  // namespace dontgoback::core::sign_in
