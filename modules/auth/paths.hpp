#pragma once

#include <string_view>

// Where the endpoints are, below the issuer (contract, section 4): for those who serve them and those who call them.
namespace dontgoback::auth {

inline constexpr std::string_view kTokenPath = "/msa/auth/api/token";
inline constexpr std::string_view kRevocationPath = "/msa/auth/api/revoke";
inline constexpr std::string_view kIntrospectionPath = "/msa/auth/api/introspect";
inline constexpr std::string_view kKeySetPath = "/msa/auth/api/jwks.json";
inline constexpr std::string_view kPublicKeyPath = "/msa/auth/api/public-key";
inline constexpr std::string_view kDenyListPath = "/msa/auth/api/deny-list";

}  // namespace dontgoback::auth
