#include "sign_in/hand_over/hand_over_limit.hpp"

#include <span>
#include <string>

#include "dontgoback/http/too_many.hpp"
#include "dontgoback/limits/address_group.hpp"

namespace dontgoback::core::sign_in {
namespace {

constexpr unsigned kSitePrefix = 48;
constexpr std::chrono::minutes kPeriod{5};
constexpr limits::Rate kAddress{"hand-over-address", 5, kPeriod};
constexpr limits::Rate kSite{"hand-over-site", 20, kPeriod};
// Of a million codes: one that is shown is hit by all strangers together once in some thousand times, and then its
// member is asked.
constexpr limits::Rate kTotal{"hand-over-total", 300, kPeriod};
constexpr Message kTooMany{"코드를 너무 많이 입력했습니다.", "Too many codes were typed lately."};

telemetry::Counter* refused(telemetry::Metrics& metrics, std::string_view share) {
  return &metrics.counter("dontgoback_limits_refused_total", "Requests answered 429, by whose share was used up.",
                          std::string("class=\"hand-over\",share=\"").append(share).append("\""));
}

}  // namespace

HandOverLimit::HandOverLimit(limits::Limiter& limiter, telemetry::Metrics& metrics)
    : limiter_(limiter), refused_{refused(metrics, "address"), refused(metrics, "total"), refused(metrics, "site")} {}

std::variant<std::int64_t, http::Response> HandOverLimit::take(const http::Request& request) const {
  const auto address = limits::address_group(request.client_address);
  const auto site = limits::address_group(request.client_address, kSitePrefix);
  const std::array<limits::Share, 3> shares{{{kAddress, address}, {kTotal, "all"}, {kSite, site}}};
  // An IPv4 address is its own site.
  const auto verdict = limiter_.take(std::span(shares).first(site == address ? 2 : 3));
  if (!verdict.is_refused()) return verdict.left;
  refused_[verdict.refusing]->add();
  return http::too_many(request, kTooMany, shares[verdict.refusing].rate, verdict);
}

}  // namespace dontgoback::core::sign_in
