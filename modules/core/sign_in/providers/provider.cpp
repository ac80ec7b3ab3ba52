#include "sign_in/providers/provider.hpp"

#include <algorithm>

#include "dontgoback/mail/address.hpp"
#include "dontgoback/telemetry/log.hpp"
#include "dontgoback/text/ascii.hpp"
#include "sign_in/providers/paths.hpp"

namespace dontgoback::core::sign_in {
namespace {

/// A quarter of the command lane's threads, for all providers: those that hang keep nobody from writing.
constexpr int kMostWaiting = 8;

identity::OpenIdSettings openid_settings(const ProviderSettings& provider) {
  auto issuers = provider.also_issuers;
  issuers.push_back(provider.issuer);
  return {.name = provider.id,
          .issuer = provider.issuer,
          .rules = {.issuers = std::move(issuers), .audiences = provider.audiences()},
          .option = "--sign-in-provider"};
}

constexpr Failure kBadNotification{FailureKind::invalid,
                                   {"알림이 올바르지 않습니다.", "The notification is not good."}};
constexpr Failure kNoKeys{FailureKind::unavailable,
                          {"지금은 알림을 확인할 수 없습니다. 잠시 후 다시 시도해 주세요.",
                           "The notification cannot be verified now. Please try again."}};

class Place {
 public:
  explicit Place(std::atomic<int>& taken) : taken_(taken), mine_(taken.fetch_add(1) < kMostWaiting) {}
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  ~Place() { taken_.fetch_sub(1); }
  bool mine() const { return mine_; }

 private:
  std::atomic<int>& taken_;
  const bool mine_;
};

}  // namespace

std::chrono::milliseconds OpenIdSignIn::left_until(Moment by) {
  using std::chrono::milliseconds;
  return std::max(milliseconds(1), std::chrono::ceil<milliseconds>(by - std::chrono::steady_clock::now()));
}

OpenIdSignIn::OpenIdSignIn(http::Client& client, const time::Clock& clock, ProviderSettings settings,
                           ProviderSecrets secrets, const std::string& public_url,
                           std::shared_ptr<std::atomic<int>> waiting, const http::PeerWatch* watch)
    : client_(client),
      clock_(clock),
      settings_(std::move(settings)),
      secrets_(std::move(secrets)),
      redirect_uri_(public_url + callback_path(settings_.id)),
      waiting_(std::move(waiting)),
      provider_(client, clock, openid_settings(settings_), watch),
      peer_(client, "the sign-in tokens of " + settings_.id, "--sign-in-provider", "an OpenID Provider"),
      ending_(client, "the ended consents of " + settings_.id, "--sign-in-provider", "an OpenID Provider") {}

std::optional<std::string> OpenIdSignIn::authorization_url(const Hop& hop, std::string_view prompt) const {
  const Place place(*waiting_);
  if (!place.mine()) return std::nullopt;
  const auto metadata = provider_.metadata();
  if (!metadata || metadata->authorization_endpoint.empty()) return std::nullopt;
  return sign_in::authorization_url(metadata->authorization_endpoint, settings_, redirect_uri_, hop, prompt);
}

std::variant<ProvenPerson, std::string_view> OpenIdSignIn::prove(const Hop& hop, std::string_view code) const {
  const Place place(*waiting_);
  if (!place.mine()) return status::kAway;
  const auto by = std::chrono::steady_clock::now() + kPatience;
  const auto exchanged = exchange(hop, code, by);
  if (const auto* token = std::get_if<GivenTokens>(&exchanged)) return judge_token(hop, *token, by);
  return std::get<std::string_view>(exchanged);
}

std::variant<GivenTokens, std::string_view> OpenIdSignIn::exchange(const Hop& hop, std::string_view code,
                                                                   Moment by) const {
  const auto metadata = provider_.metadata(by);
  if (!metadata || metadata->token_endpoint.empty()) return status::kAway;
  const auto& url = metadata->token_endpoint;
  auto request = token_request(url, metadata->token_endpoint_auth_methods, settings_.client_id,
                               secrets_.client->at(clock_.now()), code, redirect_uri_, hop.verifier());
  request.time_limit = left_until(by);
  const auto answer = client_.send(request);
  if (!answer) {
    peer_.no_answer(url);
    return status::kAway;
  }
  if (answer->status != 200) {
    const auto error = error_of(answer->body);
    telemetry::log_warn("a sign-in provider gave no token",
                        {{"provider", settings_.id}, {"status", answer->status}, {"error", error}});
    return judge_token_failure(answer->status, error);
  }
  auto given = tokens_of(answer->body);
  if (!given) {
    peer_.not_understood(url);
    return status::kRefused;
  }
  peer_.answered();
  if (metadata->revocation_endpoint.empty()) given->refresh_token.reset();
  return *std::move(given);
}

std::variant<ProvenPerson, std::string_view> OpenIdSignIn::judge_token(const Hop& hop, const GivenTokens& given,
                                                                       Moment by) const {
  std::string why;
  auto token = provider_.verify(given.id_token, identity::Nonce{hop.nonce()}, &why, by);
  if (!token) {
    if (token.failure().kind == FailureKind::unavailable) return status::kAway;
    telemetry::log_warn("the ID token of a sign-in provider is refused", {{"provider", settings_.id}, {"why", why}});
    return status::kRefused;
  }
  ProvenPerson proven{{settings_.issuer, std::move(token->subject)}, std::nullopt, given.refresh_token};
  // One that no mail can go to would be a way in that nobody can take.
  if (token->email_verified && mail::is_address(token->email)) proven.email = text::lower(token->email);
  return proven;
}

Result<Notification> OpenIdSignIn::read_notification(std::string_view token) const {
  const Place place(*waiting_);
  if (!place.mine()) return kNoKeys;
  const auto claims = provider_.verify_signed(token, "secevent+jwt", std::chrono::steady_clock::now() + kPatience);
  // What strangers make up is not worth a line.
  if (!claims) return claims.failure().kind == FailureKind::unavailable ? kNoKeys : kBadNotification;
  auto reading = sign_in::read_notification(*claims, settings_, clock_.now());
  if (!reading.notification) {
    telemetry::log_warn("a notification of a sign-in provider is refused",
                        {{"provider", settings_.id}, {"why", reading.why}});
    return kBadNotification;
  }
  return *std::move(reading.notification);
}

const OpenIdSignIn* OpenIdSignIns::find(std::string_view id) const {
  const auto found = std::ranges::find_if(all_, [id](const auto& each) { return each->settings().id == id; });
  return found == all_.end() ? nullptr : found->get();
}

const OpenIdSignIn* OpenIdSignIns::of_issuer(std::string_view issuer) const {
  const auto found = std::ranges::find_if(all_, [=](const auto& each) { return each->settings().issuer == issuer; });
  return found == all_.end() ? nullptr : found->get();
}

}  // namespace dontgoback::core::sign_in
