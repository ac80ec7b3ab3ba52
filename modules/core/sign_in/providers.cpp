#include "providers.hpp"

namespace dontgoback::core::sign_in {

void add_providers_route(http::Router& router, const std::vector<Provider>& providers) {
  const auto answer = http::envelope(200, "로그인 제공자 목록입니다.", [&](json::Writer& writer) {
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
  // The same until the program starts anew, so no database is asked.
  router.add({http::Method::get, "/api/v1/sign-in-providers", http::Access::anyone(), http::Lane::inline_,
              http::kNoBody, [answer](const http::Request&) { return answer; }});
}

}  // namespace dontgoback::core::sign_in
