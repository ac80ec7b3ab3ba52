#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dontgoback/http/client.hpp"
#include "dontgoback/identity/openid_provider.hpp"
#include "dontgoback/ports/people.hpp"
#include "nonce.hpp"
#include "provider_options.hpp"

namespace dontgoback::walk::walkers {

/// Who has proved who they are.
struct Proven {
  ports::Identity identity;
  std::string proof;  ///< the hash of what must sign in once only
};

/// The providers whose ID tokens sign walkers in. Any thread that may block.
class Providers {
 public:
  /// `client`, `clock` and `nonces` outlive it. Given a watch, /readyz tells how they stand.
  Providers(http::Client& client, const time::Clock& clock, const Nonces& nonces,
            const std::vector<ProviderSettings>& settings, const http::PeerWatch* watch);

  /// Judges an ID token within 3 s: invalid for a provider that is not there and for a token without a nonce where it
  /// must have one, unauthenticated for one that is not good, unavailable while it cannot be judged. `nonce`: as it was
  /// given out; the token has it so, or its SHA-256.
  Result<Proven> prove(std::string_view provider, std::string_view id_token,
                       const std::optional<std::string>& nonce) const;

 private:
  struct One {
    ProviderSettings settings;
    std::unique_ptr<const identity::OpenIdProvider> provider;
  };
  Result<Proven> judge(const One& one, std::string_view id_token, const std::optional<std::string>& nonce) const;

  const time::Clock& clock_;
  const Nonces& nonces_;
  std::vector<One> all_;
  mutable std::atomic<int> waiting_{0};
};

}  // namespace dontgoback::walk::walkers
