#include "session_cookies.hpp"

#include "tokens.hpp"

namespace dontgoback::core::sessions {
namespace {

// The refresh token goes nowhere else: no other handler, log or proxy rule ever sees it.
constexpr std::string_view kRefreshPath = "/api/token";

}  // namespace

http::Response SessionCookies::set(http::Response response, const SignedIn& signed_in) const {
  const auto access = access_token(key_, issuer_, signed_in.identity, clock_.now());
  response.header("Set-Cookie", http::set_cookie(rules_, kAccessCookie, access, "/", kAccessTokenLife));
  response.header("Set-Cookie",
                  http::set_cookie(rules_, kRefreshCookie, signed_in.refresh_token, kRefreshPath, kSessionLife));
  return response;
}

http::Response SessionCookies::clear(http::Response response) const {
  response.header("Set-Cookie", http::clear_cookie(rules_, kAccessCookie, "/"));
  response.header("Set-Cookie", http::clear_cookie(rules_, kRefreshCookie, kRefreshPath));
  return response;
}

}  // namespace dontgoback::core::sessions
