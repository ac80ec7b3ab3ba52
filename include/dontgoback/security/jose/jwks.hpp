#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dontgoback/security/jose/public_key.hpp"
#include "dontgoback/security/jose/signing_key.hpp"

namespace dontgoback::security {

/// The keys of a JWKS document (RFC 7517 section 5); those we cannot use are left out. Nothing when it is no JWKS, is
/// larger than 64 KiB or has more than 32 keys.
std::optional<std::vector<PublicKey>> parse_jwks(std::string_view json);

/// A JWKS document of these keys.
std::string jwks(const std::vector<SigningKey>& keys);

}  // namespace dontgoback::security
