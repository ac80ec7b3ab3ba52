#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace dontgoback::security::webauthn {

/// Web Authentication Level 2, section 6.1. Points into what was read.
struct AuthenticatorData {
  std::string_view party_hash;  ///< SHA-256 of the relying party's id
  bool user_present = false;
  bool user_verified = false;
  std::uint32_t counter = 0;

  struct Credential {
    std::string_view id;
    std::string_view cose_key;  ///< one CBOR item
  };
  std::optional<Credential> credential;
};

/// Nothing when it is not well-formed to the last byte.
std::optional<AuthenticatorData> read_authenticator_data(std::string_view bytes);

}  // namespace dontgoback::security::webauthn
