#pragma once

#include <memory>
#include <string>

#include "dontgoback/security/jose/jwks.hpp"
#include "dontgoback/security/jose/signing_key.hpp"
#include "dontgoback/security/jose/verification_keys.hpp"

// What an attacker or another implementation would make: anything SigningKey would not.
namespace dontgoback::test {

/// Keys are slow to make under the sanitizers, so the tests share two of each kind.
const security::SigningKey& rsa_key();
const security::SigningKey& other_rsa_key();
const security::SigningKey& ec_key();

/// The token of this header and payload, signed with the RSA key whatever the header says.
std::string forge(const security::SigningKey& key, std::string_view header, std::string_view payload);
/// The token of this header and payload with that signature.
std::string assemble(std::string_view header, std::string_view payload, std::string_view signature);

/// The DPoP proof of these claims (RFC 9449 section 4.2), signed as it should be.
std::string prove(const security::SigningKey& key, std::string_view claims);

/// RSA of any size and exponent, as PKCS#8 PEM.
std::string rsa_pem(unsigned bits, unsigned long exponent);
/// EC on the named curve, as PKCS#8 PEM.
std::string ec_pem(const char* curve);
/// The key of a PKCS#8 PEM text in another form: encrypted, traditional, or its public half as Base64 DER.
std::string encrypted_pem(const std::string& pem);
std::string traditional_pem(const std::string& pem);
std::string public_der_base64(const std::string& pem);

/// Keys that change when a test says so.
class ChangingKeys : public security::VerificationKeys {
 public:
  std::shared_ptr<const Set> current() override { return known; }
  std::shared_ptr<const Set> refreshed() override {
    ++refreshes;
    if (next) known = next;
    return known;
  }
  static std::shared_ptr<const Set> set_of(const std::vector<security::SigningKey>& keys) {
    return std::make_shared<const Set>(security::parse_jwks(security::jwks(keys)).value());
  }

  std::shared_ptr<const Set> known;
  std::shared_ptr<const Set> next;
  int refreshes = 0;
};

}  // namespace dontgoback::test
