#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "dontgoback/security/jose/algorithm.hpp"

namespace dontgoback::security {

/// A private key with its one algorithm (RFC 8725 section 3.1). Immutable; any thread may sign.
class SigningKey {
 public:
  /// RSA of 2048 bit or EC P-256. Takes long for RSA: never on an I/O thread.
  static SigningKey generate(Algorithm algorithm);
  /// PKCS#8 PEM, not encrypted. Throws std::runtime_error for anything else than RSA of 2048 to 4096 bit or P-256.
  static SigningKey from_pem(std::string_view pem);

  std::string to_pem() const;
  Algorithm algorithm() const;
  /// The RFC 7638 thumbprint of the public half.
  const std::string& kid() const;
  /// The public half as an RFC 7517 JWK object, with `kid`, `use` and `alg`.
  const std::string& public_jwk() const;
  /// The public half as SubjectPublicKeyInfo DER.
  std::string public_der() const;
  /// That of an ES256 key as an uncompressed point, 65 bytes (RFC 8292 section 3.2); std::logic_error for another.
  std::string public_point() const;

  /// A compact JWS (RFC 7515) of the claims, with `alg`, `kid` and `typ` in its header.
  std::string sign(std::string_view typ, std::string_view claims_json) const { return sign(typ, claims_json, kid()); }
  /// The same by the name that somebody else gave the key; "": without `kid`.
  std::string sign(std::string_view typ, std::string_view claims_json, std::string_view kid) const;

  struct Impl;

 private:
  explicit SigningKey(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
  std::shared_ptr<const Impl> impl_;
};

}  // namespace dontgoback::security
