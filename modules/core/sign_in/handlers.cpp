#include "handlers.hpp"

#include "dontgoback/http/error.hpp"
#include "dontgoback/http/parameters.hpp"
#include "guests.hpp"
#include "limits.hpp"
#include "links.hpp"
#include "page.hpp"
#include "pages/pages.hpp"

namespace dontgoback::core::sign_in {
namespace {

constexpr Message kGuestReady{"게스트로 로그인되었습니다.", "Signed in as a guest."};
constexpr Message kAlreadySignedIn{"이미 로그인되어 있습니다.", "Already signed in."};

constexpr Failure kNoGuests{FailureKind::forbidden,
                            {"방문자는 받지 않습니다. 로그인해 주세요.", "Guests are not taken. Please sign in."}};

http::Response back_to_login(Failure failure) {
  return http::redirect(failure.kind == FailureKind::forbidden ? "/login?status=SUSPENDED"
                                                               : "/login?status=link-invalid");
}

}  // namespace

http::Response make_guest(const SignIn& sign_in, const http::Request& request) {
  if (request.identity.is_account()) return http::envelope(request, 200, kAlreadySignedIn);
  if (!sign_in.takes_guests) throw http::Error(kNoGuests);
  if (auto refused = refuse_stopped_guest(sign_in.limiter, request)) return *std::move(refused);
  if (auto refused = sign_in.guests.refuse(request)) return std::move(*refused);
  const auto now = sign_in.clock.now();
  const auto where = sign_in.sessions.where(request);
  const auto guest = sign_in.database.write([&](storage::Connection& connection) {
    return sign_in_guest(connection, sign_in.life_cycle, where, now, sign_in.zone.day_of(now));
  });
  return sign_in.sessions.set_cookies(http::envelope(request, 200, kGuestReady), guest);
}

http::Response show_link(const SignIn& sign_in, const http::Request& request) {
  const auto token = http::query_text(request, "token");
  const auto had = sign_in.link_cookie.find(request);
  if (!token || !is_good_link(sign_in.database, sign_in.clock, {*token, had.value_or("")})) {
    return http::redirect("/login?status=link-invalid");
  }
  const bool guest = request.identity.is_account() && request.identity.role == http::Role::guest;
  const auto browser = had && sessions::is_opaque_token(*had) ? std::string(*had) : sessions::new_opaque_token();
  return pages::answer(sign_in_page(request.language, *token, guest))
      .header("Set-Cookie", sign_in.link_cookie.set(browser, kLinkLife));
}

http::Response use_link(const SignIn& sign_in, const http::Request& request) {
  const auto token = http::form_text(request.body, "token");
  const auto keep_posts = http::form_text(request.body, "keepPosts");
  const auto posts = keep_posts == "true" ? Posts::keep : Posts::leave;
  const auto signed_in = sign_in_by_link(sign_in.database, sign_in.clock, sign_in.life_cycle,
                                         {token.value_or(""), sign_in.link_cookie.find(request).value_or("")},
                                         visitor_of(sign_in.sessions, request), posts);
  if (!signed_in) return back_to_login(signed_in.failure());
  return sign_in.sessions.set_cookies(http::redirect("/"), *signed_in);
}

}  // namespace dontgoback::core::sign_in
