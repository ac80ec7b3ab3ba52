#pragma once

#include <optional>
#include <string_view>

#include "sign_in/providers/handlers.hpp"
#include "sign_in/providers/hop_cookie.hpp"
#include "sign_in/providers/tries.hpp"

// What the handlers of the way to a provider and back have in common.
namespace dontgoback::core::sign_in {

/// The provider that the path names; 404 when there is none.
const OpenIdSignIn& provider_of(const ProviderSignIn& sign_in, std::string_view id);

inline HopCookie cookie_of(const ProviderSignIn& sign_in, const OpenIdSignIn& provider) {
  return {sign_in.cookies, provider.settings()};
}

std::string login_path(std::string_view status);
/// To the sign-in page, which has a sentence for the status.
http::Response to_login(std::string_view status);
/// The same of walk's, for who was on the way there.
http::Response to_page_of(const Try& made, std::string_view status);

/// Sets out: keeps the try and gives the browser its cookie. Where the browser goes; nothing while the provider is
/// away.
struct SetOut {
  std::string location;
  std::string cookie;
};
std::optional<SetOut> set_out(const ProviderSignIn& sign_in, const OpenIdSignIn& provider, const http::Request& request,
                              Try made, std::string_view prompt);

}  // namespace dontgoback::core::sign_in
