#include "sign_in/providers/hop_cookie.hpp"

#include "sessions/sessions.hpp"
#include "sign_in/providers/tries.hpp"

namespace dontgoback::core::sign_in {

std::string_view HopCookie::name() const {
  if (form_post_) return rules_.secure ? "__Host-sign_in_form" : "sign_in_form";
  return rules_.secure ? "__Host-sign_in" : "sign_in";
}

std::optional<std::string> HopCookie::find(const http::Request& request) const {
  const auto value = http::cookie(request, name()).only();
  if (!value || !sessions::is_opaque_token(*value)) return std::nullopt;
  return std::string(*value);
}

std::string HopCookie::find_or_make(const http::Request& request) const {
  return find(request).value_or(sessions::new_opaque_token());
}

void HopCookie::set(http::Response& response, std::string_view value) const {
  // The prefix demands the path of all.
  const std::string_view path = rules_.secure ? "/" : "/api";
  response.header("Set-Cookie", http::set_cookie(rules_, name(), value, path, kTryLife,
                                                 form_post_ ? http::SameSite::none : http::SameSite::lax));
}

}  // namespace dontgoback::core::sign_in
