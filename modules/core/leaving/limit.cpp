#include "limit.hpp"

namespace dontgoback::core::leaving {

http::ActionLimit mail_limit(limits::Limiter& limiter, telemetry::Metrics& metrics) {
  using http::Whose;
  using std::chrono::hours;
  constexpr Message kTooMany{"메일을 너무 많이 요청했습니다.", "Too many of these mails were asked for lately."};
  return {limiter,
          metrics,
          "leave",
          kTooMany,
          {{Whose::account, {"leave-account", 6, hours(1)}}, {Whose::total, {"leave-total", 1000, hours(1)}}}};
}

}  // namespace dontgoback::core::leaving
