#pragma once

#include <string>
#include <string_view>

#include "dontgoback/http/cookies.hpp"
#include "dontgoback/http/response.hpp"
#include "dontgoback/security/jose/signing_key.hpp"
#include "session_service.hpp"

namespace dontgoback::core::sessions {

inline constexpr std::string_view kAccessCookie = "access_token";
inline constexpr std::string_view kRefreshCookie = "refresh_token";

/// Puts a session into a browser and takes it out again.
class SessionCookies {
 public:
  SessionCookies(http::CookieRules rules, security::SigningKey key, std::string issuer, const time::Clock& clock)
      : rules_(rules), key_(std::move(key)), issuer_(std::move(issuer)), clock_(clock) {}

  http::Response set(http::Response response, const SignedIn& signed_in) const;
  http::Response clear(http::Response response) const;

 private:
  http::CookieRules rules_;
  security::SigningKey key_;
  std::string issuer_;
  const time::Clock& clock_;
};

}  // namespace dontgoback::core::sessions
