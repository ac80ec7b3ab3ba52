#include "sign_in/email/email_limit.hpp"

#include "dontgoback/http/too_many.hpp"
#include "dontgoback/limits/address_group.hpp"
#include "dontgoback/security/crypto/base64.hpp"
#include "dontgoback/security/crypto/hmac.hpp"
#include "dontgoback/security/crypto/random_bytes.hpp"

namespace dontgoback::core::sign_in {
namespace {

constexpr unsigned kSitePrefix = 48;
constexpr std::chrono::hours kPeriod{1};
constexpr limits::Rate kAddress{"email-address", 20, kPeriod};
constexpr limits::Rate kSite{"email-site", 80, kPeriod};
// One comes back every ten minutes: whoever asks for others' mails keeps them from theirs no longer than that.
constexpr limits::Rate kTarget{"email-target", 6, kPeriod};
constexpr limits::Rate kTotal{"email-total", 1000, kPeriod};
constexpr Message kTooMany{"로그인 메일을 너무 많이 요청했습니다.", "Too many sign-in mails were asked for lately."};

telemetry::Counter* refused(telemetry::Metrics& metrics, std::string_view share) {
  return &metrics.counter("dontgoback_limits_refused_total", "Requests answered 429, by whose share was used up.",
                          std::string("class=\"email\",share=\"").append(share).append("\""));
}

}  // namespace

EmailLimit::EmailLimit(limits::Limiter& limiter, telemetry::Metrics& metrics)
    : limiter_(limiter),
      key_(security::random_bytes(32)),
      refused_{refused(metrics, "address"), refused(metrics, "target"), refused(metrics, "total"),
               refused(metrics, "site")} {}

std::optional<http::Response> EmailLimit::refuse(const http::Request& request, std::string_view email) const {
  const auto address = limits::address_group(request.client_address);
  const auto target = security::base64url_encode(security::bytes(security::hmac_sha256(key_, email)));
  const auto site = limits::address_group(request.client_address, kSitePrefix);
  const std::array<limits::Share, 4> shares{{{kAddress, address}, {kTarget, target}, {kTotal, "all"}, {kSite, site}}};
  // An IPv4 address is its own site.
  const auto verdict = limiter_.take(std::span(shares).first(site == address ? 3 : 4));
  if (!verdict.is_refused()) return std::nullopt;
  refused_[verdict.refusing]->add();
  return http::too_many(request, kTooMany, shares[verdict.refusing].rate, verdict);
}

}  // namespace dontgoback::core::sign_in
