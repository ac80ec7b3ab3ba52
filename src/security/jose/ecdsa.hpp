#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace dontgoback::security {

/// The ASN.1 form OpenSSL wants of a P-256 signature in its JWS form, R and S in 32 bytes each (RFC 7518 section 3.4).
/// Empty when it has another length.
std::string ecdsa_to_der(std::string_view raw);
/// The other way, for what OpenSSL has signed.
std::string ecdsa_from_der(std::string_view der);
/// The same of a stranger's: nothing for what is not strict DER of two positive numbers of at most 32 bytes.
std::optional<std::string> read_ecdsa_der(std::string_view der);

}  // namespace dontgoback::security
