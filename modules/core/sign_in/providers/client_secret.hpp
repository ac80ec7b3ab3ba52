#pragma once

#include <chrono>
#include <mutex>
#include <optional>
#include <string>

#include "dontgoback/security/jose/signing_key.hpp"
#include "dontgoback/time/clock.hpp"

namespace dontgoback::core::sign_in {

/// A key by which a client proves itself in place of a secret of its own.
struct ClientKey {
  std::string team;    ///< `iss`
  std::string key_id;  ///< `kid`
  security::SigningKey key;
};

/// The claims are those of Apple ("Creating a client secret"): `iss` the team, `sub` the client, `aud` the provider,
/// for a day. Pure but for the signature.
std::string signed_client_secret(const ClientKey& key, const std::string& client_id, const std::string& audience,
                                 time::Timestamp now);

/// What a client proves itself with at the token endpoint. Any thread.
class ClientSecret {
 public:
  /// There is none: a public client.
  ClientSecret() = default;
  explicit ClientSecret(std::string secret) : secret_(std::move(secret)) {}
  ClientSecret(ClientKey key, std::string client_id, std::string audience)
      : key_(std::move(key)), client_id_(std::move(client_id)), audience_(std::move(audience)) {}

  /// Nothing when there is none. A signed one is made anew an hour before it ends, and when the clock was set back.
  std::optional<std::string> at(time::Timestamp now) const;

 private:
  const std::optional<std::string> secret_;
  const std::optional<ClientKey> key_;
  const std::string client_id_, audience_;

  mutable std::mutex mutex_;
  mutable std::string signed_;
  mutable time::Timestamp signed_at_{};
};

}  // namespace dontgoback::core::sign_in
