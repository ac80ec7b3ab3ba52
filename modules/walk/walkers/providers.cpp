#include "providers.hpp"

#include <algorithm>

#include "dontgoback/json/reader.hpp"
#include "dontgoback/telemetry/log.hpp"
#include "tokens.hpp"

namespace dontgoback::walk::walkers {
namespace {

/// A quarter of the command lane's threads, for all providers: those that hang keep nobody from writing.
constexpr int kMostWaiting = 8;
constexpr std::chrono::seconds kPatience{3};
constexpr std::chrono::minutes kOldest{5};

constexpr Failure kNoProvider{FailureKind::invalid,
                              {"알 수 없는 로그인 제공자입니다.", "There is no such sign-in provider."}};
constexpr Failure kNonceNeeded{FailureKind::invalid,
                               {"nonce가 필요합니다. 먼저 발급받아 주세요.", "A nonce is needed: ask for one first."}};
constexpr Failure kBadNonce{FailureKind::unauthenticated,
                            {"nonce가 만료되었거나 올바르지 않습니다.", "The nonce is not good, or has expired."}};
constexpr Failure kBadIdToken{FailureKind::unauthenticated,
                              {"로그인 제공자의 토큰이 유효하지 않습니다.", "The ID token is not valid."}};
constexpr Failure kAway{FailureKind::unavailable,
                        {"지금은 로그인 제공자에 확인할 수 없습니다. 잠시 후 다시 시도해 주세요.",
                         "The sign-in provider cannot be asked right now. Please try again."}};

identity::OpenIdSettings openid_settings(const ProviderSettings& provider) {
  auto issuers = provider.also_issuers;
  issuers.push_back(provider.issuer);
  // Core may have one of the same name in this process.
  return {.name = "walk-" + provider.name,
          .issuer = provider.issuer,
          .rules = {.issuers = std::move(issuers), .audiences = provider.client_ids},
          .option = "--walk-sign-in"};
}

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

/// Whether somebody was to see that the token is for this sign-in: then it is not for whoever leaves the nonce out.
bool has_nonce(const std::string& claims) {
  const auto parsed = json::parse(claims);
  return !parsed || !parsed->is_object() || parsed->get_object().contains("nonce");
}

}  // namespace

Providers::Providers(http::Client& client, const time::Clock& clock, const Nonces& nonces,
                     const std::vector<ProviderSettings>& settings, const http::PeerWatch* watch)
    : clock_(clock), nonces_(nonces) {
  for (const auto& each : settings) {
    all_.push_back(
        {each, std::make_unique<const identity::OpenIdProvider>(client, clock, openid_settings(each), watch)});
  }
}

Result<Proven> Providers::prove(std::string_view provider, std::string_view id_token,
                                const std::optional<std::string>& nonce) const {
  const auto found = std::ranges::find_if(all_, [provider](const One& one) { return one.settings.name == provider; });
  if (found == all_.end()) return kNoProvider;
  if (!nonce && !found->settings.takes_no_nonce) return kNonceNeeded;
  if (nonce && !nonces_.is_good(*nonce, clock_.now())) return kBadNonce;
  const Place place(waiting_);
  if (!place.mine()) return kAway;
  return judge(*found, id_token, nonce);
}

Result<Proven> Providers::judge(const One& one, std::string_view id_token,
                                const std::optional<std::string>& nonce) const {
  std::string why;
  const auto expected = nonce ? std::optional(identity::Nonce{*nonce, identity::Nonce::Form::either}) : std::nullopt;
  auto token = one.provider->verify(id_token, expected, &why, std::chrono::steady_clock::now() + kPatience);
  if (!token) {
    if (token.failure().kind == FailureKind::unavailable) return kAway;
    telemetry::log_info("an ID token is refused", {{"provider", one.settings.name}, {"why", why}});
    return kBadIdToken;
  }
  if (!nonce) {
    if (has_nonce(token->claims)) return kNonceNeeded;
    if (clock_.now() - token->issued_at > kOldest) return kBadIdToken;
  }
  // What is signed: of one signature of ES256 anybody makes another.
  const auto once = nonce ? std::string_view(*nonce) : id_token.substr(0, id_token.rfind('.'));
  return Proven{{one.settings.issuer, std::move(token->subject)}, stored_form(once)};
}

}  // namespace dontgoback::walk::walkers
