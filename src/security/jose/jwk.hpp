#pragma once

#include <boost/json/fwd.hpp>
#include <optional>
#include <string>

#include "crypto/openssl.hpp"
#include "dontgoback/security/jose/algorithm.hpp"

namespace dontgoback::security {

/// A public key as RFC 7518 section 6 writes it, base64url: RSA has n and e, EC the point x, y on P-256.
struct JwkMembers {
  Algorithm algorithm;
  std::string first;   ///< n or x
  std::string second;  ///< e or y
};

/// A JWK as it was sent.
struct NamedJwk {
  JwkMembers members;
  std::string kid;  ///< empty when there is none
};

/// One JWK object. Nothing for other types, uses, operations or algorithms than ours; the numbers are not yet
/// looked at.
std::optional<NamedJwk> read_jwk(const boost::json::value& json);

/// The one algorithm of a key we take: RSA of 2048 to 4096 bit with an odd exponent from 65537 to 32 bit, or EC P-256.
/// Nothing for others.
std::optional<Algorithm> algorithm_of(const EVP_PKEY* key);

/// The public half of a key that has an algorithm.
JwkMembers members_of(const EVP_PKEY* key, Algorithm algorithm);
/// The key of these members, unless they are no key we take.
Pkey key_of(const JwkMembers& members);

/// RFC 7638.
std::string thumbprint(const JwkMembers& members);
/// The JWK's text, with `kid`, `use` and `alg`.
std::string to_jwk(const JwkMembers& members, std::string_view kid);

}  // namespace dontgoback::security
