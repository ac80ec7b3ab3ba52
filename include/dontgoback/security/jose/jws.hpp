#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dontgoback::security {

/// The two algorithms there are (RFC 7518 sections 3.3 and 3.4). No `none`, no HMAC.
enum class Algorithm { rs256, es256 };

std::string_view name_of(Algorithm algorithm);

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

  /// A compact JWS (RFC 7515) of the claims, with `alg`, `kid` and `typ` in its header.
  std::string sign(std::string_view typ, std::string_view claims_json) const;

  struct Impl;

 private:
  explicit SigningKey(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
  std::shared_ptr<const Impl> impl_;
};

/// A public key with its one algorithm. Immutable; any thread may verify.
class PublicKey {
 public:
  /// Base64 SubjectPublicKeyInfo (the legacy endpoint's form). Nothing for what is not RSA of 2048 to 4096 bit
  /// with a public exponent from 65537 to 32 bit, or P-256.
  static std::optional<PublicKey> from_der_base64(std::string_view base64);
  /// One JWK object's text. Nothing for other types, sizes, uses (`use` must be `sig` or absent) or algorithms.
  static std::optional<PublicKey> from_jwk(std::string_view json);

  const std::string& kid() const;
  Algorithm algorithm() const;
  /// RFC 7638, SHA-256, whatever `kid` the key was given.
  std::string thumbprint() const;
  bool verify(std::string_view signing_input, std::string_view signature) const;

  struct Impl;

 private:
  explicit PublicKey(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
  std::shared_ptr<const Impl> impl_;
};

/// The keys of a JWKS document (RFC 7517 section 5); those we cannot use are left out. Nothing when it is no JWKS, is
/// larger than 64 KiB or has more than 32 keys.
std::optional<std::vector<PublicKey>> parse_jwks(std::string_view json);

/// A JWKS document of these keys.
std::string jwks(const std::vector<SigningKey>& keys);

/// A compact JWS taken apart, not yet verified: three base64url parts, header a JSON object with a known `alg`, no
/// `crit`.
struct ParsedJws {
  Algorithm algorithm;
  std::string kid;  ///< empty when there is none
  std::string typ;
  std::string jwk;                 ///< the header's key as JSON text, not to be trusted; empty when there is none
  std::string payload;             ///< the claims, as JSON text
  std::string_view signing_input;  ///< into the token
  std::string signature;
};

/// Nothing for anything that is not exactly that (RFC 7515 section 5.2, RFC 8725). At most 8 KiB. A fuzzer may call it.
std::optional<ParsedJws> parse_jws(std::string_view token);

}  // namespace dontgoback::security
