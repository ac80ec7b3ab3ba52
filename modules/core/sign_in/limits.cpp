#include "limits.hpp"

#include "dontgoback/http/too_many.hpp"
#include "sessions/sessions.hpp"
#include "sign_in.hpp"

namespace dontgoback::core::sign_in {

using http::Whose;
using std::chrono::hours;
using std::chrono::minutes;

namespace {

constexpr limits::Rate kStopped{"guest-stopped", 1, hours(1)};
constexpr Message kTooMany{"게스트가 너무 많이 만들어졌습니다.", "Too many guests came lately."};

}  // namespace

void stop_guests_from(limits::Limiter& limiter, std::string_view network) {
  if (!network.empty()) limiter.take(kStopped, network);
}

std::optional<http::Response> refuse_stopped_guest(limits::Limiter& limiter, const http::Request& request) {
  const auto network = sessions::shortened(request.client_address);
  const limits::Share share{kStopped, network};
  const auto verdict = limiter.look(std::span(&share, 1));
  if (network.empty() || !verdict.is_refused()) return std::nullopt;
  return http::too_many(request, kTooMany, kStopped, verdict);
}

http::ActionLimit guest_limit(limits::Limiter& limiter, telemetry::Metrics& metrics, int per_hour) {
  if (per_hour == 0) return {limiter, metrics, "guest", kTooMany, {}};
  return {limiter,
          metrics,
          "guest",
          kTooMany,
          {{Whose::address, {"guest-address", per_hour, hours(1)}},
           {Whose::total, {"guest-total", 100LL * per_hour, hours(1)}},
           {Whose::site, {"guest-site", 4LL * per_hour, hours(1)}}}};
}

http::ActionLimit email_limit(limits::Limiter& limiter, telemetry::Metrics& metrics) {
  constexpr Message kTooMany{"로그인 메일을 너무 많이 요청했습니다.", "Too many sign-in mails were asked for lately."};
  // To one address one comes back every ten minutes: whoever asks for others' mails keeps them from theirs no longer.
  return {limiter,
          metrics,
          "email",
          kTooMany,
          {{Whose::address, {"email-address", 20, hours(1)}},
           {Whose::target, {"email-target", 6, hours(1)}},
           {Whose::total, {"email-total", 1000, hours(1)}},
           {Whose::site, {"email-site", 80, hours(1)}}}};
}

http::ActionLimit hand_over_limit(limits::Limiter& limiter, telemetry::Metrics& metrics) {
  constexpr Message kTooMany{"코드를 너무 많이 입력했습니다.", "Too many codes were typed lately."};
  // Of a million codes: one that is shown is hit by all strangers together once in some thousand times, and then its
  // member is asked.
  return {limiter,
          metrics,
          "hand-over",
          kTooMany,
          {{Whose::address, {"hand-over-address", 5, minutes(5)}},
           {Whose::total, {"hand-over-total", 300, minutes(5)}},
           {Whose::site, {"hand-over-site", 20, minutes(5)}}}};
}

}  // namespace dontgoback::core::sign_in
