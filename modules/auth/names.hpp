#pragma once

#include <string_view>

// What the auth server and those who use it agree on (contract, section 4): where its endpoints are, below the issuer,
// and whom its tokens are for.
namespace dontgoback::auth {

inline constexpr std::string_view kTokenPath = "/msa/auth/api/token";
inline constexpr std::string_view kRevocationPath = "/msa/auth/api/revoke";
inline constexpr std::string_view kIntrospectionPath = "/msa/auth/api/introspect";
inline constexpr std::string_view kKeySetPath = "/msa/auth/api/jwks.json";
inline constexpr std::string_view kPublicKeyPath = "/msa/auth/api/public-key";
inline constexpr std::string_view kDenyListPath = "/msa/auth/api/deny-list";

/// What tokens are for when a client names no `resource`.
inline constexpr std::string_view kDefaultAudience = "urn:dontgoback";

}  // namespace dontgoback::auth
