#pragma once

#include <optional>
#include <string>

#include "webauthn/cbor.hpp"

namespace dontgoback::security::webauthn {

/// The JWK of a COSE key (RFC 9053, RFC 8230): ES256 with P-256 or RS256. Nothing for others, and for members that a
/// key of its kind does not have.
std::optional<std::string> jwk_of(const cbor::Value& cose_key);

}  // namespace dontgoback::security::webauthn
