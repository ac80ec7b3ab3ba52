#pragma once

#include <string>
#include <string_view>

namespace dontgoback::core::sign_in {

inline constexpr std::string_view kAuthorizationPath = "/api/oauth2/authorization/{providerId}";
inline constexpr std::string_view kCallbackPath = "/api/login/oauth2/code/{providerId}";
inline constexpr std::string_view kNotificationsPath = "/api/sign-in/notifications/{providerId}";
inline constexpr std::string_view kIdentitiesPath = "/api/v1/users/me/identities";
/// POST: an id of a provider; DELETE: the number of an identity.
inline constexpr std::string_view kIdentityPath = "/api/v1/users/me/identities/{id}";

/// Where a provider sends browsers back to, below the public URL.
inline std::string callback_path(std::string_view provider) {
  return std::string("/api/login/oauth2/code/").append(provider);
}

}  // namespace dontgoback::core::sign_in
