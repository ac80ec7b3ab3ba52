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
// Of nodes of this program alone: how one joins, learns where the others are, and changes its secret.
inline constexpr std::string_view kJoinPath = "/msa/auth/api/nodes/join";
inline constexpr std::string_view kNodesPath = "/msa/auth/api/nodes";
inline constexpr std::string_view kNodeSecretPath = "/msa/auth/api/nodes/secret";

/// What tokens are for when a client names no `resource`.
inline constexpr std::string_view kDefaultAudience = "urn:dontgoback";

}  // namespace dontgoback::auth
