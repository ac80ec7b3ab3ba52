#include "resource_server/service_tokens.hpp"

#include <utility>

namespace dontgoback::auth {
namespace {

constexpr Failure kNoDenyList{FailureKind::unavailable,
                              {"폐기된 토큰 목록을 가져올 수 없습니다. 잠시 후 다시 시도해 주세요.",
                               "The list of revoked tokens is out of date. Please try again."}};

void count(telemetry::Counter* counter) {
  if (counter != nullptr) counter->add();
}

}  // namespace

ServiceTokens::ServiceTokens(std::shared_ptr<security::VerificationKeys> keys, security::Expectations expectations,
                             const time::Clock& clock, std::shared_ptr<const DenyList> denied,
                             telemetry::Metrics* metrics)
    : issuer_(expectations.issuer),
      tokens_(std::move(keys), std::move(expectations), clock),
      denied_(std::move(denied)) {
  if (metrics == nullptr) return;
  const auto counter = [metrics](std::string_view reason) {
    return &metrics->counter("dontgoback_tokens_refused_total", "Access tokens that this node did not take.",
                             "reason=\"" + std::string(reason) + '"');
  };
  bad_ = counter("bad");
  taken_back_ = counter("taken_back");
  not_judged_ = counter("not_judged");
}

Result<std::shared_ptr<const security::Claims>> ServiceTokens::verify(std::string_view token, std::string* why) const {
  security::TokenRefusal refusal;
  auto verified = tokens_.verify(token, &refusal);
  if (!verified && verified.failure().kind != FailureKind::unauthenticated) {
    count(not_judged_);
    return verified.failure();
  }
  if (!verified) count(bad_);
  if (denied_) {
    const auto denied = denied_->current();
    if (!denied) {
      if (verified) count(not_judged_);
      return kNoDenyList;
    }
    if (verified && denied->denies(**verified)) {
      count(taken_back_);
      refusal.why = "the token was taken back";
      verified = security::kBadToken;
    }
  }
  if (!verified && why != nullptr) {
    refusals_.note(refusal.why, refusal.issuer, issuer_);
    *why = std::move(refusal.why);
  }
  return verified;
}

}  // namespace dontgoback::auth
