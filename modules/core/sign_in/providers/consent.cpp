#include "dontgoback/telemetry/log.hpp"
#include "sign_in/providers/provider.hpp"

namespace dontgoback::core::sign_in {
namespace {

using Delivery = jobs::Outbox::Delivery;

/// The outbox has one thread, and mails wait behind this: one that is away is asked once in a while.
constexpr std::chrono::seconds kPause{10};

bool is_away(int status) { return status >= 500 || status == 429; }

}  // namespace

Delivery OpenIdSignIn::end_consent(const std::string& subject, const std::optional<std::string>& token) const {
  const bool unlinks = settings_.id == kKakao;
  if (unlinks ? !secrets_.admin_key : !token) return Delivery::done;
  const auto now = std::chrono::steady_clock::now();
  if (const auto since = away_since_.load(); since != Moment::min() && now - since < kPause) return Delivery::retry;
  const auto by = now + kPatience;
  const auto metadata = provider_.metadata(by);
  if (!metadata) {
    away_since_ = std::chrono::steady_clock::now();
    return Delivery::retry;
  }
  auto request =
      unlinks ? unlink_request(metadata->userinfo_endpoint, *secrets_.admin_key, subject)
              : std::optional(revocation_request(metadata->revocation_endpoint, metadata->token_endpoint_auth_methods,
                                                 settings_.client_id, secrets_.client->at(clock_.now()), *token));
  if (!request || request->url.empty()) return Delivery::drop;  // it has no place for that any more
  request->time_limit = left_until(by);
  return send_ending(*request, unlinks);
}

Delivery OpenIdSignIn::send_ending(const http::ClientRequest& request, bool unlinks) const {
  const auto answer = client_.send(request);
  if (!answer || is_away(answer->status)) away_since_ = std::chrono::steady_clock::now();
  if (!answer) {
    ending_.no_answer(request.url);
    return Delivery::retry;
  }
  const auto error = error_of(answer->body);
  const auto outcome = unlinks ? judge_unlink(answer->status, answer->body) : judge_revocation(answer->status, error);
  if (outcome == Delivery::retry) {
    telemetry::log_warn("a sign-in provider did not end a consent",
                        {{"provider", settings_.id}, {"status", answer->status}, {"error", error}});
  } else {
    ending_.answered();
  }
  return outcome;
}

}  // namespace dontgoback::core::sign_in
