#include <boost/describe.hpp>

#include "dontgoback/http/device.hpp"
#include "dontgoback/http/error.hpp"
#include "dontgoback/http/parameters.hpp"
#include "dontgoback/json/reader.hpp"
#include "handlers.hpp"

namespace dontgoback::walk::walkers {
namespace {

// Members are named as on the wire.
struct SessionWish {
  std::optional<std::string> provider;
  std::optional<std::string> idToken;
  std::optional<std::string> nonce;
  std::optional<std::string> ticket;
  std::optional<bool> cookies;
};
BOOST_DESCRIBE_STRUCT(SessionWish, (), (provider, idToken, nonce, ticket, cookies))

struct RenewalWish {
  std::string refreshToken;
};
BOOST_DESCRIBE_STRUCT(RenewalWish, (), (refreshToken))

constexpr Message kNonce{"로그인에 쓸 nonce입니다.", "A nonce to sign in with."};
constexpr Message kSignedIn{"걷기에 로그인했습니다.", "Signed in to walk."};
constexpr Message kRenewed{"토큰이 갱신되었습니다.", "The session was renewed."};
constexpr Message kLoggedOut{"걷기에서 로그아웃했습니다.", "Signed out of walking."};
constexpr Message kSessions{"로그인한 기기 목록입니다.", "Where the walker is signed in."};
constexpr Message kEnded{"그 기기를 로그아웃했습니다.", "That device is signed out."};
constexpr Message kOthersEnded{"다른 기기를 모두 로그아웃했습니다.", "All other devices are signed out."};
constexpr Failure kNoSession{FailureKind::not_found,
                             {"그런 로그인이 없거나 이미 끝났습니다.", "There is no such session, or it has ended."}};

enum class To { phone, page };

/// Of another walker of whoever signed in; without what it walks, or what it is known by.
void write_other(json::Writer& writer, const std::optional<Walker>& other) {
  writer.key("other");
  if (!other) return writer.null();
  writer.begin_object();
  writer.field("nickname", other->nickname.empty() ? std::nullopt : std::optional(other->nickname));
  writer.end_object();
}

http::Response answer(const Handling& walkers, const http::Request& request, const Message& message,
                      const SignedIn& signed_in, const std::optional<Walker>& other, To to) {
  const auto access = walkers.sessions.tokens().access_token(signed_in.holder, walkers.clock.now());
  auto response = http::envelope(request, 200, message, [&](json::Writer& writer) {
    writer.begin_object();
    if (to == To::phone) {
      writer.field("accessToken", access);
      writer.field("refreshToken", signed_in.refresh_token);
    }
    writer.field("expiresIn", static_cast<std::int64_t>(std::chrono::seconds(kAccessTokenLife).count()));
    writer.key("walker");
    write_own(writer, signed_in.walker);
    write_other(writer, other);
    writer.end_object();
  });
  response.header("Cache-Control", "no-store");
  if (to == To::phone) return response;
  return walkers.cookies.set(std::move(response), access, signed_in.refresh_token);
}

}  // namespace

http::Response give_nonce(const Handling& walkers, const http::Request& request) {
  auto response = http::envelope(request, 200, kNonce, [&](json::Writer& writer) {
    writer.begin_object();
    writer.field("nonce", walkers.nonces.give_out(walkers.clock.now()));
    writer.field("expiresIn", static_cast<std::int64_t>(std::chrono::seconds(Nonces::kLife).count()));
    writer.end_object();
  });
  response.header("Cache-Control", "no-store");
  return response;
}

http::Response begin_session(const Handling& walkers, const http::Request& request) {
  auto wish = http::unwrap(json::read<SessionWish>(request.body));
  const auto begun = walkers.sign_in.sign_in(
      {std::move(wish.provider), std::move(wish.idToken), std::move(wish.nonce), std::move(wish.ticket)},
      http::device_of(request.header("User-Agent")));
  return answer(walkers, request, kSignedIn, begun.session, begun.other,
                wish.cookies.value_or(false) ? To::page : To::phone);
}

http::Response renew(const Handling& walkers, const http::Request& request) {
  std::optional<std::string> told;
  if (!request.body.empty()) told = http::unwrap(json::read<RenewalWish>(request.body)).refreshToken;
  const auto cookie = told ? std::nullopt : walkers.cookies.find(request).refresh;
  const std::string_view token = told ? bare(*told) : cookie.value_or("");
  const auto renewed = walkers.sessions.renew(token, http::device_of(request.header("User-Agent")));
  if (renewed) return answer(walkers, request, kRenewed, *renewed, std::nullopt, told ? To::phone : To::page);
  auto refused = http::envelope(request, 401, kNotSignedIn.message);
  return cookie ? walkers.cookies.clear(std::move(refused)) : refused;
}

http::Response log_out(const Handling& walkers, const http::Request& request) {
  walkers.sessions.end(request.identity.walker, request.identity.session);
  return walkers.cookies.clear(http::envelope(request, 200, kLoggedOut));
}

http::Response list_sessions(const Handling& walkers, const http::Request& request) {
  const auto listed = walkers.sessions.list(request.identity.walker);
  return http::envelope(request, 200, kSessions, [&](json::Writer& writer) {
    writer.begin_object();
    writer.key("sessions");
    writer.begin_array();
    for (const auto& session : listed) {  // without times, by which an account's could be told
      writer.begin_object();
      writer.field("sessionId", session.id);
      writer.field("device", session.device.empty() ? std::nullopt : std::optional(session.device));
      writer.field("current", session.id == request.identity.session);
      writer.end_object();
    }
    writer.end_array();
    writer.end_object();
  });
}

http::Response end_one(const Handling& walkers, const http::Request& request) {
  const auto session = http::path_id(request, "sessionId");
  if (!walkers.sessions.end(request.identity.walker, session)) throw http::Error(kNoSession);
  auto ended = http::envelope(request, 200, kEnded, [&](json::Writer& writer) {
    writer.begin_object();
    writer.field("sessionId", session);
    writer.end_object();
  });
  return session == request.identity.session ? walkers.cookies.clear(std::move(ended)) : ended;
}

http::Response end_others(const Handling& walkers, const http::Request& request) {
  const auto ended = walkers.sessions.end_others(request.identity.walker, request.identity.session);
  return http::envelope(request, 200, kOthersEnded, [&](json::Writer& writer) {
    writer.begin_object();
    writer.field("ended", ended);
    writer.end_object();
  });
}

}  // namespace dontgoback::walk::walkers
