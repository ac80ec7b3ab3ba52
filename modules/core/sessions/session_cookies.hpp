#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dontgoback/http/cookies.hpp"
#include "dontgoback/http/response.hpp"
#include "dontgoback/security/jose/signing_key.hpp"
#include "session_service.hpp"

namespace dontgoback::core::sessions {

inline constexpr Failure kNotSignedIn{FailureKind::unauthenticated, {"로그인이 필요합니다.", "Please sign in."}};

/// Puts a session into a browser, finds it there and takes it out again. Over https the names begin with `__Host-`,
/// which keeps another host of the same domain from setting them (RFC 6265bis section 4.1.3.2); those that had none are
/// not read there, only taken away.
class SessionCookies {
 public:
  SessionCookies(http::CookieRules rules, security::SigningKey key, std::string issuer, const time::Clock& clock)
      : rules_(rules), key_(std::move(key)), issuer_(std::move(issuer)), clock_(clock) {}

  /// Nothing when they are not there. Throws http::AmbiguousCookies when either is there twice.
  struct Found {
    std::optional<std::string_view> access, refresh;
  };
  Found find(const http::Request& request) const;

  http::Response set(http::Response response, const SignedIn& signed_in) const;
  http::Response clear(http::Response response) const;

 private:
  std::vector<std::string> clearing() const;

  http::CookieRules rules_;
  security::SigningKey key_;
  std::string issuer_;
  const time::Clock& clock_;
};

}  // namespace dontgoback::core::sessions
