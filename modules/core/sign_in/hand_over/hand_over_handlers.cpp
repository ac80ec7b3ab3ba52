#include "sign_in/hand_over/hand_over_handlers.hpp"

#include <boost/describe.hpp>

#include "dontgoback/http/error.hpp"
#include "dontgoback/json/reader.hpp"
#include "sign_in/limits.hpp"

namespace dontgoback::core::sign_in {
namespace {

/// More than any of these requests needs; some clients send `{}` where no body is asked for.
constexpr std::size_t kSmallBody = 4096;

constexpr Message kShown{"다른 기기에 이 코드를 입력하세요.", "Type this code on the other device."};
constexpr Message kProgress{"코드의 상태입니다.", "How far the code has come."};
constexpr Message kConfirmed{"다른 기기를 허용했습니다.", "The other device is allowed in."};
constexpr Message kCancelled{"코드를 취소했습니다.", "The code is cancelled."};
constexpr Message kWrong{"코드가 맞지 않거나, 이미 쓰였거나, 끝났습니다.",
                         "The code is wrong, was typed before, or is over."};
constexpr Message kClaimed{"로그인된 기기에서 허용해 주세요.", "Please allow it on the device that is signed in."};
constexpr Message kArrived{"이 기기에서 로그인되었습니다.", "Signed in on this device."};
constexpr Failure kNone{FailureKind::not_found, {"코드가 없거나 끝났습니다.", "There is no code, or it is over."}};

struct Confirmation {
  std::int64_t handOverId;
};
BOOST_DESCRIBE_STRUCT(Confirmation, (), (handOverId))

struct Typed {
  std::string code;
};
BOOST_DESCRIBE_STRUCT(Typed, (), (code))

std::string_view word_of(HandOverState state) {
  switch (state) {
    case HandOverState::waiting:
      return "WAITING";
    case HandOverState::claimed:
      return "CLAIMED";
    case HandOverState::confirmed:
      break;
  }
  return "CONFIRMED";
}

http::Response without_claim(const Handing& handing, const http::Request& request) {
  return http::envelope(request, http::status_of(kNone.kind), kNone.message)
      .header("Set-Cookie", handing.cookie.clear());
}

}  // namespace

http::Response show_hand_over(const Handing& handing, const http::Request& request) {
  const auto shown = http::unwrap(show_code(handing.hand_overs, request.identity));
  return http::envelope(request, 201, kShown, [&](json::Writer& writer) {
    writer.begin_object();
    writer.field("handOverId", shown.id);
    writer.field("code", shown.code);
    writer.field("expiresAt", shown.expires_at);
    writer.end_object();
  });
}

http::Response look_at_hand_over(const Handing& handing, const http::Request& request) {
  const auto progress = progress_of(handing.hand_overs, request.identity.session);
  if (!progress) throw http::Error(kNone);
  return http::envelope(request, 200, kProgress, [&](json::Writer& writer) {
    writer.begin_object();
    writer.field("handOverId", progress->id);
    writer.field("state", word_of(progress->state));
    writer.field("device", progress->device);
    writer.field("address", progress->address);
    writer.end_object();
  });
}

http::Response confirm_hand_over(const Handing& handing, const http::Request& request) {
  const auto id = http::unwrap(json::read<Confirmation>(request.body)).handOverId;
  http::unwrap(confirm(handing.hand_overs, request.identity.session, id));
  return http::envelope(request, 200, kConfirmed);
}

http::Response cancel_hand_over(const Handing& handing, const http::Request& request) {
  if (!cancel(handing.hand_overs, request.identity.session)) throw http::Error(kNone);
  return http::envelope(request, 200, kCancelled);
}

http::Response claim_hand_over(const Handing& handing, const http::Request& request) {
  const auto typed = http::unwrap(json::read<Typed>(request.body));
  auto taken = handing.limit.take(request);
  if (auto* refused = std::get_if<http::Response>(&taken)) return std::move(*refused);
  const auto claimed = claim(handing.hand_overs, typed.code, handing.hand_overs.sessions.where(request));
  if (!claimed) {
    return http::envelope(request, 400, kWrong, [&](json::Writer& writer) {
      writer.begin_object();
      writer.field("triesLeft", std::get<std::int64_t>(taken));
      writer.end_object();
    });
  }
  return http::envelope(request, 202, kClaimed,
                        [&](json::Writer& writer) {
                          const auto& device = claimed->device;
                          writer.begin_object();
                          writer.field("device", device.empty() ? std::nullopt : std::optional(device));
                          writer.end_object();
                        })
      .header("Set-Cookie", handing.cookie.set(claimed->token, 2 * kHandOverLife));
}

http::Response look_at_claim(const Handing& handing, const http::Request& request) {
  const auto state = state_of_claim(handing.hand_overs, handing.cookie.find(request).value_or(""));
  if (!state) return without_claim(handing, request);
  return http::envelope(request, 200, kProgress, [&](json::Writer& writer) {
    writer.begin_object();
    writer.field("state", word_of(*state));
    writer.end_object();
  });
}

http::Response finish_claim(const Handing& handing, const http::Request& request) {
  const auto& sessions = handing.hand_overs.sessions;
  const auto brought =
      finish(handing.hand_overs, handing.cookie.find(request).value_or(""), visitor_of(sessions, request));
  if (!brought) {
    if (brought.failure().kind == FailureKind::not_found) return without_claim(handing, request);
    throw http::Error(brought.failure());
  }
  return sessions.set_cookies(http::envelope(request, 200, kArrived), *brought)
      .header("Set-Cookie", handing.cookie.clear());
}

void add_hand_over_routes(Host& host, const sessions::Sessions& sessions) {
  using http::Access, http::Lane, http::Method, http::RouteClass;
  using Handle = http::Response (*)(const Handing&, const http::Request&);
  const auto limit = std::make_shared<const http::ActionLimit>(hand_over_limit(host.limiter, host.metrics));
  const Handing handing{{host.database, host.clock, sessions},
                        *limit,
                        BrowserCookie({host.node.public_url_is_https}, "hand_over", "/api/v1/sessions/hand-over")};
  const auto add = [&](Method method, std::string_view path, const Access& access, std::size_t body, Handle handle) {
    http::Route route{
        method, path,
        access, Lane::command,
        body,   [handing, limit, handle](const http::Request& request) {
                        return handle(handing, request); }};
    if (method == Method::get) {  // both devices ask until it is done
      route.lane = Lane::query;
      route.routine = true;
    }
    host.router.add(std::move(route));
  };
  const auto account = Access::account(sessions.authenticator());
  add(Method::post, "/api/v1/sessions/hand-over", account.as(RouteClass::sign_in), kSmallBody, show_hand_over);
  add(Method::get, "/api/v1/sessions/hand-over", account.as(RouteClass::read), http::kNoBody, look_at_hand_over);
  add(Method::del, "/api/v1/sessions/hand-over", account.as(RouteClass::sign_in), http::kNoBody, cancel_hand_over);
  add(Method::post, "/api/v1/sessions/hand-over/confirm", account.as(RouteClass::sign_in), kSmallBody,
      confirm_hand_over);
  const auto anybody = Access::account_if_any(sessions.authenticator());
  add(Method::post, "/api/v1/sessions/hand-over/claim", anybody.as(RouteClass::sign_in), kSmallBody, claim_hand_over);
  add(Method::get, "/api/v1/sessions/hand-over/claim", anybody.as(RouteClass::read), http::kNoBody, look_at_claim);
  add(Method::post, "/api/v1/sessions/hand-over/claim/finish", anybody.as(RouteClass::sign_in), kSmallBody,
      finish_claim);
}

}  // namespace dontgoback::core::sign_in
