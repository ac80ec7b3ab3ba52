#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "dontgoback/security/jose/signing_key.hpp"

namespace dontgoback::test {

/// An authenticator and the browser before it, as they answer a page (Web Authentication Level 2). What a test changes
/// of the members, it says.
class Authenticator {
 public:
  explicit Authenticator(security::SigningKey key, std::string credential_id = std::string(32, 'c'));

  std::string origin = "https://example.org";
  std::string party_id = "example.org";
  std::uint8_t flags = 0x05;  ///< present and verified
  std::uint32_t counter = 0;
  std::string more_client_data{};  ///< members, each with a comma before it
  std::string attestation = "none";

  std::string client_data(std::string_view type, std::string_view challenge) const;
  std::string authenticator_data(bool with_credential) const;
  std::string attestation_object() const;
  /// What it signs at a sign-in: the signature as it is sent.
  std::string sign(std::string_view authenticator_data, std::string_view client_data) const;
  std::string cose_key() const;
  const std::string& credential_id() const { return credential_id_; }

 private:
  security::SigningKey key_;
  std::string credential_id_;
};

}  // namespace dontgoback::test
