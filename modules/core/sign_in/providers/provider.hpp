#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "dontgoback/http/client.hpp"
#include "dontgoback/http/peer.hpp"
#include "dontgoback/identity/openid_provider.hpp"
#include "dontgoback/result.hpp"
#include "dontgoback/time/clock.hpp"
#include "sign_in/identities.hpp"
#include "sign_in/providers/client_secret.hpp"
#include "sign_in/providers/messages.hpp"
#include "sign_in/providers/notification.hpp"
#include "sign_in/providers/settings.hpp"

namespace dontgoback::core::sign_in {

/// What a provider has proven.
struct ProvenPerson {
  Person person;
  std::optional<std::string> email;    ///< only one that the provider has verified
  std::optional<std::string> token{};  ///< what the provider would revoke
};

/// What this service proves itself with at a provider.
struct ProviderSecrets {
  std::unique_ptr<const ClientSecret> client;
  std::optional<std::string> admin_key{};  ///< of Kakao's service
};

/// A provider that members sign in with. Any thread that may block.
class OpenIdSignIn {
 public:
  /// `client` and `clock` outlive it. `waiting` counts who waits for any provider of the node. Given a watch, /readyz
  /// tells how it stands.
  OpenIdSignIn(http::Client& client, const time::Clock& clock, ProviderSettings settings, ProviderSecrets secrets,
               const std::string& public_url, std::shared_ptr<std::atomic<int>> waiting, const http::PeerWatch* watch);

  const ProviderSettings& settings() const { return settings_; }

  /// Where the browser goes; nothing while the provider is not known.
  std::optional<std::string> authorization_url(const Hop& hop, std::string_view prompt) const;

  /// Exchanges a code and judges what comes for it: the person, or the status of the sign-in page. Within 3 s,
  /// whatever it has to be asked for. No more than so many wait for a provider at once: others are told at once that it
  /// is away.
  std::variant<ProvenPerson, std::string_view> prove(const Hop& hop, std::string_view code) const;

  /// What the provider's server tells, in a token that it signed: invalid when it is not good, unavailable while its
  /// keys are not to be had, for 3 s at most.
  Result<Notification> read_notification(std::string_view token) const;

  /// Ends what a person has agreed to at the provider: their token is revoked (RFC 7009), at Kakao they are unlinked if
  /// there is an admin key. Within 3 s; a provider that was away lately is not asked. For the outbox.
  jobs::Outbox::Delivery end_consent(const std::string& subject, const std::optional<std::string>& token) const;

 private:
  using Moment = identity::OpenIdProvider::Moment;
  /// For all that the provider is asked at once, with somebody who waits.
  static constexpr std::chrono::seconds kPatience{3};
  static std::chrono::milliseconds left_until(Moment by);

  std::variant<GivenTokens, std::string_view> exchange(const Hop& hop, std::string_view code, Moment by) const;
  std::variant<ProvenPerson, std::string_view> judge_token(const Hop& hop, const GivenTokens& given, Moment by) const;
  jobs::Outbox::Delivery send_ending(const http::ClientRequest& request, bool unlinks) const;

  http::Client& client_;
  const time::Clock& clock_;
  const ProviderSettings settings_;
  const ProviderSecrets secrets_;
  const std::string redirect_uri_;
  const std::shared_ptr<std::atomic<int>> waiting_;
  const identity::OpenIdProvider provider_;
  mutable http::Peer peer_;                                // of the token endpoint
  mutable http::Peer ending_;                              // of what ends consents
  mutable std::atomic<Moment> away_since_{Moment::min()};  // when consents are ended
};

/// All of a node.
class OpenIdSignIns {
 public:
  explicit OpenIdSignIns(std::vector<std::unique_ptr<OpenIdSignIn>> all) : all_(std::move(all)) {}
  /// Null: there is none of that id.
  const OpenIdSignIn* find(std::string_view id) const;
  const OpenIdSignIn* of_issuer(std::string_view issuer) const;

 private:
  std::vector<std::unique_ptr<OpenIdSignIn>> all_;
};

}  // namespace dontgoback::core::sign_in
