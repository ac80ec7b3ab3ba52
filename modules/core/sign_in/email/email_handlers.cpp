#include "sign_in/email/email_handlers.hpp"

#include <boost/describe.hpp>

#include "dontgoback/http/error.hpp"
#include "dontgoback/http/parameters.hpp"
#include "dontgoback/json/reader.hpp"
#include "dontgoback/mail/address.hpp"
#include "dontgoback/text/ascii.hpp"
#include "pages/pages.hpp"
#include "sign_in/limits.hpp"
#include "sign_in/page.hpp"

namespace dontgoback::core::sign_in {
namespace {

/// More than any of these requests needs.
constexpr std::size_t kSmallBody = 4096;
constexpr std::string_view kLinkPath = "/api/sign-in/email";
constexpr Failure kNoAddress{FailureKind::invalid,
                             {"이메일 주소가 올바르지 않습니다.", "That is not an e-mail address."}};
// The same whoever it is: who asks is not told whether there is such a member.
constexpr Message kOnItsWay{"메일을 보냈습니다. 받은 편지함을 확인해 주세요.", "A mail is on its way."};
constexpr Message kWrongCode{"숫자가 맞지 않습니다.", "The digits are not right."};
constexpr Message kOver{"로그인 링크가 만료되었습니다. 다시 요청해 주세요.",
                        "The sign-in link is over. Please ask for another."};
constexpr Message kArrived{"확인되었습니다.", "The digits are right."};
constexpr int kGone = 410;

struct Wish {
  std::string email;
  std::optional<bool> keepPosts;
};
BOOST_DESCRIBE_STRUCT(Wish, (), (email, keepPosts))

struct Typed {
  std::string code;
};
BOOST_DESCRIBE_STRUCT(Typed, (), (code))

/// The browser goes on by a GET.
http::Response see_other(std::string location) {
  auto response = http::redirect(std::move(location));
  response.status = 303;
  return response;
}

}  // namespace

http::Response ask_for_email(const EmailSignIn& email, const http::Request& request) {
  const auto wish = http::unwrap(json::read<Wish>(request.body));
  if (!mail::is_address(wish.email)) throw http::Error(kNoAddress);
  const auto address = text::lower(wish.email);
  const auto target = email.sign_in.sessions.keyed("email-limit|", address);
  if (auto refused = email.limit.refuse(request, target)) return std::move(*refused);
  // The same cookie for a browser that asks again, so that the mail before works, too: before and after this one's use.
  const auto had = email.cookie.find(request);
  const auto browser = had && sessions::is_opaque_token(*had) ? std::string(*had) : sessions::new_opaque_token();
  const auto posts = wish.keepPosts.value_or(false) ? Posts::keep : Posts::leave;
  const auto ends = ask_for_email_link(
      email.links, {address, browser, guest_of(request.identity, posts), request.language}, email.sign_in.clock.now());
  return http::envelope(request, 200, kOnItsWay,
                        [&](json::Writer& writer) {
                          writer.begin_object();
                          writer.field("expiresAt", ends);
                          writer.end_object();
                        })
      .header("Set-Cookie", email.cookie.set(browser, kEmailLinkLife));
}

http::Response show_email_link(const EmailSignIn& email, const http::Request& request) {
  const auto token = http::query_text(request, "token").value_or("");
  const auto opened = open_email_link(email.sign_in.database, token, email.cookie.find(request).value_or(""),
                                      email.sign_in.clock.now());
  if (!opened) return http::redirect("/login?status=expired");
  return pages::answer(*opened == Opened::elsewhere ? email_elsewhere_page(request.language, token)
                                                    : email_link_page(request.language, token));
}

namespace {

http::Response show_digits(const EmailSignIn& email, const http::Request& request, std::string_view token) {
  const auto code = show_email_code(email.sign_in.database, token, email.sign_in.clock.now());
  return code ? pages::answer(email_code_page(request.language, *code)) : see_other("/login?status=expired");
}

}  // namespace

http::Response follow_email_link(const EmailSignIn& email, const http::Request& request) {
  const auto token = http::form_text(request.body, "token").value_or("");
  if (http::form_text(request.body, "show") == "digits") return show_digits(email, request, token);
  const Traveller traveller{email.cookie.find(request).value_or(""), visitor_of(email.sign_in.sessions, request)};
  const auto arrived =
      use_email_link(email.links, email.sign_in.life_cycle, token, traveller, email.sign_in.clock.now());
  if (!arrived) return see_other("/login?status=expired");
  return put_arrival(email.sign_in, see_other(arrived->location), *arrived);
}

http::Response type_email_code(const EmailSignIn& email, const http::Request& request) {
  const auto typed = http::unwrap(json::read<Typed>(request.body));
  const Traveller traveller{email.cookie.find(request).value_or(""), visitor_of(email.sign_in.sessions, request)};
  const auto verdict =
      use_email_code(email.links, email.sign_in.life_cycle, typed.code, traveller, email.sign_in.clock.now());
  if (verdict.arrived) {
    auto response = http::envelope(request, 200, kArrived, [&](json::Writer& writer) {
      writer.begin_object();
      writer.field("location", verdict.arrived->location);
      writer.end_object();
    });
    return put_arrival(email.sign_in, std::move(response), *verdict.arrived);
  }
  if (verdict.problem == CodeProblem::over) return http::envelope(request, kGone, kOver);
  return http::envelope(request, 400, kWrongCode, [&](json::Writer& writer) {
    writer.begin_object();
    writer.field("triesLeft", verdict.tries_left);
    writer.end_object();
  });
}

void add_email_routes(Host& host, const SignIn& sign_in, std::shared_ptr<const void> keeping) {
  using http::Access, http::Lane, http::Method;
  using Handle = http::Response (*)(const EmailSignIn&, const http::Request&);
  const auto limit = std::make_shared<const http::ActionLimit>(email_limit(host.limiter, host.metrics));
  const EmailSignIn email{sign_in,
                          {host.database, host.outbox, host.node.public_url, sign_in.sign_up},
                          *limit,
                          BrowserCookie({host.node.public_url_is_https}, "email_sign_in", "/api")};
  const auto access = Access::account_if_any(sign_in.sessions.authenticator()).as(http::RouteClass::sign_in);
  const auto add = [&](Method method, std::string_view path, std::size_t body, Handle handle) {
    host.router.add(
        {.method = method,
         .path = path,
         .access = access,
         .lane = method == Method::get ? Lane::query : Lane::command,
         .body_limit = body,
         .handler = [email, limit, keeping, handle](const http::Request& request) { return handle(email, request); },
         .failure_form = path == kLinkPath ? pages::to_sign_in_page : nullptr});
  };
  add(Method::post, "/api/v1/sign-in/email", kSmallBody, ask_for_email);
  add(Method::post, "/api/v1/sign-in/email/code", kSmallBody, type_email_code);
  add(Method::get, kLinkPath, http::kNoBody, show_email_link);
  add(Method::post, kLinkPath, kSmallBody, follow_email_link);
}

}  // namespace dontgoback::core::sign_in
