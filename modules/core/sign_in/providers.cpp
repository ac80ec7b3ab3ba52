#include "providers.hpp"

namespace dontgoback::core::sign_in {
namespace {

std::string_view name_of(SignUp sign_up) {
  switch (sign_up) {
    case SignUp::open:
      return "OPEN";
    case SignUp::invitation:
      return "INVITATION";
    case SignUp::closed:
      return "CLOSED";
  }
  return {};
}

http::Response list_providers(const Settings& settings, const http::Request& request) {
  return http::envelope(request, 200, {"로그인 제공자 목록입니다.", "Who vouches for members at sign-in."},
                        [&](json::Writer& writer) {
                          writer.begin_object();
                          writer.key("providers");
                          writer.begin_array();
                          for (const auto& provider : settings.providers) {
                            writer.begin_object();
                            writer.field("id", provider.id);
                            writer.field("name", provider.name);
                            writer.end_object();
                          }
                          writer.end_array();
                          writer.field("email", true);  // without a mail server they are files
                          writer.field("guests", settings.takes_guests);
                          writer.field("signUp", name_of(settings.sign_up));
                          writer.end_object();
                        });
}

}  // namespace

void add_providers_route(http::Router& router, const Settings& settings) {
  // The same until the program starts anew, so no database is asked.
  router.add({http::Method::get, "/api/v1/sign-in-providers", http::Access::anyone(), http::Lane::inline_,
              http::kNoBody, [settings](const http::Request& request) { return list_providers(settings, request); }});
}

}  // namespace dontgoback::core::sign_in
