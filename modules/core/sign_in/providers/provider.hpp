#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "dontgoback/http/client.hpp"
#include "dontgoback/http/peer.hpp"
#include "dontgoback/identity/openid_provider.hpp"
#include "dontgoback/time/clock.hpp"
#include "sign_in/identities.hpp"
#include "sign_in/providers/client_secret.hpp"
#include "sign_in/providers/messages.hpp"
#include "sign_in/providers/settings.hpp"

namespace dontgoback::core::sign_in {

/// What a provider has proven.
struct ProvenPerson {
  Person person;
  std::optional<std::string> email;  ///< only one that the provider has verified
};

/// A provider that members sign in with. Any thread that may block.
class OpenIdSignIn {
 public:
  /// `client` and `clock` outlive it. `waiting` counts who waits for any provider of the node. Given a watch, /readyz
  /// tells how it stands.
  OpenIdSignIn(http::Client& client, const time::Clock& clock, ProviderSettings settings,
               std::unique_ptr<const ClientSecret> secret, const std::string& public_url,
               std::shared_ptr<std::atomic<int>> waiting, const http::PeerWatch* watch);

  const ProviderSettings& settings() const { return settings_; }

  /// Where the browser goes; nothing while the provider is not known.
  std::optional<std::string> authorization_url(const Hop& hop, std::string_view prompt) const;

  /// Exchanges a code and judges what comes for it: the person, or the status of the sign-in page. No more than so many
  /// wait for a provider at once: others are told at once that it is away.
  std::variant<ProvenPerson, std::string_view> prove(const Hop& hop, std::string_view code) const;

 private:
  std::variant<std::string, std::string_view> exchange(const Hop& hop, std::string_view code) const;
  std::variant<ProvenPerson, std::string_view> judge_token(const Hop& hop, std::string_view id_token) const;

  http::Client& client_;
  const time::Clock& clock_;
  const ProviderSettings settings_;
  const std::unique_ptr<const ClientSecret> secret_;
  const std::string redirect_uri_;
  const std::shared_ptr<std::atomic<int>> waiting_;
  const identity::OpenIdProvider provider_;
  mutable http::Peer peer_;  // of the token endpoint
};

/// All of a node.
class OpenIdSignIns {
 public:
  explicit OpenIdSignIns(std::vector<std::unique_ptr<OpenIdSignIn>> all) : all_(std::move(all)) {}
  /// Null: there is none of that id.
  const OpenIdSignIn* find(std::string_view id) const;

 private:
  std::vector<std::unique_ptr<OpenIdSignIn>> all_;
};

}  // namespace dontgoback::core::sign_in
