#include "handlers.hpp"

namespace dontgoback::core::sessions {
namespace {

constexpr Message kRenewed{"토큰이 갱신되었습니다.", "The session was renewed."};
constexpr Message kLoggedOut{"로그아웃되었습니다.", "Signed out."};

}  // namespace

http::Response renew(const Handling& sessions, const http::Request& request) {
  const auto token = sessions.cookies.find(request).refresh;
  const auto renewed = token ? sessions.service.renew(*token) : std::nullopt;
  if (!renewed) return sessions.cookies.clear(http::envelope(request, 401, kNotSignedIn.message));
  return sessions.cookies.set(http::envelope(request, 200, kRenewed), *renewed);
}

http::Response log_out(const Handling& sessions, const http::Request& request) {
  sessions.service.end(request.identity.session);
  return sessions.cookies.clear(http::envelope(request, 200, kLoggedOut));
}

}  // namespace dontgoback::core::sessions
