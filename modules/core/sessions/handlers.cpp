#include "handlers.hpp"

#include "dontgoback/http/cookies.hpp"
#include "dontgoback/http/parameters.hpp"
#include "session_authenticator.hpp"
#include "sign_in_page.hpp"

namespace dontgoback::core {
namespace {

constexpr Message kGuestReady{"게스트로 로그인되었습니다.", "Signed in as a guest."};
constexpr Message kAlreadySignedIn{"이미 로그인되어 있습니다.", "Already signed in."};
constexpr Message kTooManyGuests{"게스트가 너무 많이 만들어졌습니다. 나중에 다시 시도해 주세요.",
                                 "Too many guests from this address. Please try again later."};
constexpr Message kRenewed{"토큰이 갱신되었습니다.", "The session was renewed."};
constexpr Message kLoggedOut{"로그아웃되었습니다.", "Signed out."};

http::Response back_to_login(Failure failure) {
  return http::redirect(failure.kind == FailureKind::forbidden ? "/login?status=SUSPENDED"
                                                               : "/login?status=link-invalid");
}

}  // namespace

http::Response SessionHandlers::guest(const http::Request& request) {
  if (request.identity.is_account()) return http::envelope(request, 200, kAlreadySignedIn);
  if (const auto wait = limit_.take(request.client_address, clock_.steady())) {
    return http::envelope(request, 429, kTooManyGuests).header("Retry-After", std::to_string(wait->count()));
  }
  return cookies_.set(http::envelope(request, 200, kGuestReady), sessions_.sign_in_guest());
}

http::Response SessionHandlers::renew(const http::Request& request) {
  const auto token = http::cookie(request, kRefreshCookie);
  const auto renewed = token ? sessions_.renew(*token) : std::nullopt;
  if (!renewed) return cookies_.clear(http::envelope(request, 401, kNotSignedIn.message));
  return cookies_.set(http::envelope(request, 200, kRenewed), *renewed);
}

http::Response SessionHandlers::logout(const http::Request& request) {
  sessions_.end(request.identity.session);
  return cookies_.clear(http::envelope(request, 200, kLoggedOut));
}

http::Response SessionHandlers::show_link(const http::Request& request) {
  const auto token = http::query_text(request, "token");
  if (!token || !links_.good(*token)) return http::redirect("/login?status=link-invalid");
  const bool guest = request.identity.is_account() && request.identity.role == http::Role::guest;
  http::Response response;
  response.content_type = "text/html; charset=utf-8";
  response.body = sign_in_page(request.language, *token, guest);
  response.header("Content-Security-Policy", sign_in_page_policy());
  response.header("Cache-Control", "no-store");
  return response;
}

http::Response SessionHandlers::use_link(const http::Request& request) {
  const auto token = http::form_text(request.body, "token");
  const auto keep_posts = http::form_text(request.body, "keepPosts");
  const auto posts = keep_posts == "true" ? SignInLinks::Posts::keep : SignInLinks::Posts::leave;
  const auto signed_in = links_.sign_in(token.value_or(""), request.identity, posts);
  if (!signed_in) return back_to_login(signed_in.failure());
  return cookies_.set(http::redirect("/"), *signed_in);
}

}  // namespace dontgoback::core
