#pragma once

#include <string>
#include <string_view>

namespace dontgoback::auth {

// Where the endpoints are, below the issuer (contract, section 4).
inline constexpr std::string_view kTokenPath = "/msa/auth/api/token";
inline constexpr std::string_view kRevocationPath = "/msa/auth/api/revoke";
inline constexpr std::string_view kIntrospectionPath = "/msa/auth/api/introspect";
inline constexpr std::string_view kKeySetPath = "/msa/auth/api/jwks.json";
inline constexpr std::string_view kPublicKeyPath = "/msa/auth/api/public-key";
inline constexpr std::string_view kDenyListPath = "/msa/auth/api/deny-list";

/// The metadata document (RFC 8414 section 2) of an issuer: a URL without a trailing slash, below which the endpoints
/// are.
std::string metadata(const std::string& issuer);

/// Where the document is to be found (RFC 8414 section 3.1): the well-known path with the path of the issuer behind it.
std::string metadata_path(std::string_view issuer);

}  // namespace dontgoback::auth
