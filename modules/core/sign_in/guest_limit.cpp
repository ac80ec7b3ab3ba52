#include "guest_limit.hpp"

#include "dontgoback/http/too_many.hpp"
#include "dontgoback/limits/address_group.hpp"

namespace dontgoback::core::sign_in {
namespace {

constexpr unsigned kSitePrefix = 48;
constexpr std::chrono::hours kPeriod{1};
constexpr Message kTooMany{"게스트가 너무 많이 만들어졌습니다.", "Too many guests came lately."};

telemetry::Counter* refused(telemetry::Metrics& metrics, std::string_view share) {
  return &metrics.counter("dontgoback_limits_refused_total", "Requests answered 429, by whose share was used up.",
                          std::string("class=\"guest\",share=\"").append(share).append("\""));
}

}  // namespace

GuestLimit::GuestLimit(limits::Limiter& limiter, telemetry::Metrics& metrics, int per_hour)
    : limiter_(limiter),
      address_{"guest-address", per_hour, kPeriod},
      site_{"guest-site", 4LL * per_hour, kPeriod},
      total_{"guest-total", 100LL * per_hour, kPeriod},
      refused_{refused(metrics, "address"), refused(metrics, "total"), refused(metrics, "site")} {}

std::optional<http::Response> GuestLimit::refuse(const http::Request& request) const {
  if (address_.burst == 0) return std::nullopt;
  const auto address = limits::address_group(request.client_address);
  const auto site = limits::address_group(request.client_address, kSitePrefix);
  const std::array<limits::Share, 3> shares{{{address_, address}, {total_, "all"}, {site_, site}}};
  // An IPv4 address is its own site.
  const auto verdict = limiter_.take(std::span(shares).first(site == address ? 2 : 3));
  if (!verdict.is_refused()) return std::nullopt;
  refused_[verdict.refusing]->add();
  return http::too_many(request, kTooMany, shares[verdict.refusing].rate, verdict);
}

}  // namespace dontgoback::core::sign_in
