#include "limit.hpp"

#include "dontgoback/http/too_many.hpp"

namespace dontgoback::core::leaving {
namespace {

constexpr std::chrono::hours kPeriod{1};
constexpr limits::Rate kAccount{"leave-account", 6, kPeriod};
constexpr limits::Rate kTotal{"leave-total", 1000, kPeriod};
constexpr Message kTooMany{"메일을 너무 많이 요청했습니다.", "Too many of these mails were asked for lately."};

telemetry::Counter* refused(telemetry::Metrics& metrics, std::string_view share) {
  return &metrics.counter("dontgoback_limits_refused_total", "Requests answered 429, by whose share was used up.",
                          std::string("class=\"leave\",share=\"").append(share).append("\""));
}

}  // namespace

MailLimit::MailLimit(limits::Limiter& limiter, telemetry::Metrics& metrics)
    : limiter_(limiter), refused_{refused(metrics, "account"), refused(metrics, "total")} {}

std::optional<http::Response> MailLimit::refuse(const http::Request& request) const {
  const auto account = std::to_string(request.identity.user.value);
  const std::array<limits::Share, 2> shares{{{kAccount, account}, {kTotal, "all"}}};
  const auto verdict = limiter_.take(shares);
  if (!verdict.is_refused()) return std::nullopt;
  refused_[verdict.refusing]->add();
  return http::too_many(request, kTooMany, shares[verdict.refusing].rate, verdict);
}

}  // namespace dontgoback::core::leaving
