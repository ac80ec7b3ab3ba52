#include <boost/describe.hpp>

#include "dontgoback/http/error.hpp"
#include "dontgoback/json/reader.hpp"
#include "handlers.hpp"
#include "sign_up.hpp"

namespace dontgoback::core::sign_in {
namespace {

constexpr Message kPending{"가입을 마쳐 주세요.", "Please finish signing up."};
constexpr Message kMember{"가입되었습니다.", "Signed up."};

struct Body {
  bool age14;
  std::string terms;
  std::optional<std::string> invitation;
};
BOOST_DESCRIBE_STRUCT(Body, (), (age14, terms, invitation))

http::Response without_sign_up(const SignIn& sign_in, const http::Request& request) {
  return http::envelope(request, http::status_of(kNoSignUp.kind), kNoSignUp.message)
      .header("Set-Cookie", sign_in.sign_up_cookie.clear());
}

}  // namespace

http::Response put_arrival(const SignIn& sign_in, http::Response response, const Arrived& arrived) {
  if (arrived.sign_up) response.header("Set-Cookie", sign_in.sign_up_cookie.set(*arrived.sign_up, kSignUpLife));
  if (arrived.signed_in) response = sign_in.sessions.set_cookies(std::move(response), *arrived.signed_in);
  return response;
}

http::Response show_sign_up(const SignIn& sign_in, const http::Request& request) {
  const auto token = sign_in.sign_up_cookie.find(request).value_or("");
  const auto pending = pending_sign_up(sign_in.database, token, sign_in.clock.now());
  if (!pending) return without_sign_up(sign_in, request);
  return http::envelope(request, 200, kPending, [&](json::Writer& writer) {
    const auto& email = pending->proven.email;
    writer.begin_object();
    writer.field("way", pending->proven.way);
    writer.field("email", email ? std::optional(accounts::masked_email(*email)) : std::nullopt);
    writer.field("needsInvitation", sign_in.sign_up == SignUp::invitation && !pending->made);
    writer.field("terms", kTermsVersion);
    writer.field("keepsPosts", pending->guest.has_value());
    writer.end_object();
  });
}

http::Response make_member(const SignIn& sign_in, const http::Request& request) {
  auto body = http::unwrap(json::read<Body>(request.body));
  const auto now = sign_in.clock.now();
  const auto signed_in = finish_sign_up(sign_in.database, sign_in.life_cycle, sign_in.sign_up,
                                        sign_in.sign_up_cookie.find(request).value_or(""),
                                        {body.age14, std::move(body.terms), std::move(body.invitation)},
                                        visitor_of(sign_in.sessions, request), now, sign_in.zone.day_of(now));
  if (!signed_in) {
    if (signed_in.failure().kind == FailureKind::not_found) return without_sign_up(sign_in, request);
    throw http::Error(signed_in.failure());
  }
  return sign_in.sessions.set_cookies(http::envelope(request, 201, kMember), *signed_in);
}

}  // namespace dontgoback::core::sign_in
