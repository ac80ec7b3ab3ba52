#pragma once

#include <boost/json/fwd.hpp>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "dontgoback/security/jose/algorithm.hpp"

namespace dontgoback::security {

/// A public key with its one algorithm. Immutable; any thread may verify.
class PublicKey {
 public:
  /// Base64 SubjectPublicKeyInfo (the legacy endpoint's form). Nothing for what is not RSA of 2048 to 4096 bit
  /// with a public exponent from 65537 to 32 bit, or P-256.
  static std::optional<PublicKey> from_der_base64(std::string_view base64);
  /// One JWK object's text. Nothing for other types, sizes, uses (`use` must be `sig` or absent) or algorithms.
  static std::optional<PublicKey> from_jwk(std::string_view json);
  /// The same of one that was read already.
  static std::optional<PublicKey> from_jwk(const boost::json::value& json);

  const std::string& kid() const;
  Algorithm algorithm() const;
  /// RFC 7638, SHA-256, whatever `kid` the key was given.
  std::string thumbprint() const;
  /// RFC 7517, with its `kid`, `use` and `alg`.
  std::string to_jwk() const;
  bool verify(std::string_view signing_input, std::string_view signature) const;

  struct Impl;

 private:
  explicit PublicKey(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
  std::shared_ptr<const Impl> impl_;
};

}  // namespace dontgoback::security
