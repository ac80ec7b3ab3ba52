#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// Passkeys: what a browser's authenticator says at registration and at sign-in (Web Authentication Level 2). Pure
// functions, which a fuzzer calls; challenges, users and counters are their caller's.
namespace dontgoback::security::webauthn {

/// Who asks: the host of the public URL, and its origin as browsers spell it.
struct RelyingParty {
  std::string id;      ///< `example.org`
  std::string origin;  ///< `https://example.org`, with a port only where it is not the scheme's
};

/// Nothing that an authenticator sends is larger, in bytes: a credential id has at most 1 023, an RSA key of 4 096 bit
/// some 530.
inline constexpr std::size_t kMaxPart = 8 * 1024;

/// A passkey as it was made.
struct NewPasskey {
  std::string credential_id;  ///< 16 to 1023 bytes
  std::string public_key;     ///< as JWK: ES256 or RS256
  std::uint32_t counter = 0;  ///< 0: the authenticator does not count
};
struct RegistrationReading {
  std::optional<NewPasskey> passkey;
  std::string why;  ///< else: an ASCII sentence that tells nothing of what was sent
};
/// Section 7.1, for a `challenge` that was given out: the user verified, this origin and no other page around it. The
/// attestation is not judged, whatever its format: no maker of authenticators is trusted more than another.
RegistrationReading read_registration(const RelyingParty& party, std::string_view challenge,
                                      std::string_view client_data, std::string_view attestation_object);

struct Assertion {
  std::uint32_t counter = 0;
};
struct AssertionReading {
  std::optional<Assertion> assertion;
  std::string why;
};
/// Section 7.2, by the public key (JWK) that was kept.
AssertionReading read_assertion(const RelyingParty& party, std::string_view challenge, std::string_view public_key,
                                std::string_view client_data, std::string_view authenticator_data,
                                std::string_view signature);

/// Whether a counter says that somebody copied the authenticator (section 6.1.1): it should grow, unless it is always
/// 0.
constexpr bool counter_fell(std::uint32_t before, std::uint32_t now) {
  return (before != 0 || now != 0) && now <= before;
}

}  // namespace dontgoback::security::webauthn
