#include "handlers.hpp"

#include "dontgoback/http/error.hpp"
#include "dontgoback/http/parameters.hpp"

namespace dontgoback::core::sessions {
namespace {

constexpr Message kRenewed{"토큰이 갱신되었습니다.", "The session was renewed."};
constexpr Message kLoggedOut{"로그아웃되었습니다.", "Signed out."};
constexpr Message kSessions{"로그인한 기기 목록입니다.", "Where the account is signed in."};
constexpr Message kEnded{"그 기기를 로그아웃했습니다.", "That device is signed out."};
constexpr Message kOthersEnded{"다른 기기를 모두 로그아웃했습니다.", "All other devices are signed out."};
constexpr Failure kNoSession{FailureKind::not_found,
                             {"그런 로그인이 없거나 이미 끝났습니다.", "There is no such session, or it has ended."}};

}  // namespace

void add_cookies(http::Response& response, const std::vector<std::string>& values) {
  for (const auto& value : values) response.header("Set-Cookie", value);
}

http::Response renew(const Handling& sessions, const http::Request& request) {
  const auto token = sessions.cookies.find(request).refresh;
  const auto renewed = token ? sessions.service.renew(*token, where_of(request)) : std::nullopt;
  if (!renewed) return sessions.cookies.clear(http::envelope(request, 401, kNotSignedIn.message));
  return sessions.cookies.set(http::envelope(request, 200, kRenewed), *renewed);
}

http::Response log_out(const Handling& sessions, const http::Request& request) {
  sessions.service.end(request.identity.session);
  auto response = http::envelope(request, 200, kLoggedOut);
  add_cookies(response, sessions.besides);
  return sessions.cookies.clear(std::move(response));
}

http::Response list(const Handling& sessions, const http::Request& request) {
  const auto listed = sessions.service.list(request.identity.user);
  return http::envelope(request, 200, kSessions, [&](json::Writer& writer) {
    writer.begin_object();
    writer.key("sessions");
    writer.begin_array();
    for (const auto& session : listed) {
      writer.begin_object();
      writer.field("sessionId", session.id);
      writer.field("device", session.device);
      writer.field("address", session.address);
      writer.field("createdAt", session.created_at);
      writer.field("lastUsedAt", session.expires_at - kSessionLife);
      writer.field("current", session.id == request.identity.session);
      writer.end_object();
    }
    writer.end_array();
    writer.end_object();
  });
}

http::Response end_one(const Handling& sessions, const http::Request& request) {
  const auto session = http::path_id(request, "sessionId");
  if (!sessions.service.end_one(request.identity.user, session)) throw http::Error(kNoSession);
  auto answer = http::envelope(request, 200, kEnded, [&](json::Writer& writer) {
    writer.begin_object();
    writer.field("sessionId", session);
    writer.end_object();
  });
  return session == request.identity.session ? sessions.cookies.clear(std::move(answer)) : answer;
}

http::Response end_others(const Handling& sessions, const http::Request& request) {
  const auto ended = sessions.service.end_others(request.identity);
  return http::envelope(request, 200, kOthersEnded, [&](json::Writer& writer) {
    writer.begin_object();
    writer.field("ended", ended);
    writer.end_object();
  });
}

}  // namespace dontgoback::core::sessions
