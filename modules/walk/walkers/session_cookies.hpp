#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dontgoback/http/cookies.hpp"
#include "dontgoback/http/response.hpp"

namespace dontgoback::walk::walkers {

inline constexpr Failure kNotSignedIn{FailureKind::unauthenticated,
                                      {"걷기에 로그인이 필요합니다.", "Please sign in to walk."}};

/// Puts a walker's session into the page's browser, finds it there and takes it out again. None of it is an account's:
/// names of its own. Over https they begin with `__Host-`, which keeps another host of the same domain from setting
/// them (RFC 6265bis section 4.1.3.2); those that had none are not read there, only taken away.
class SessionCookies {
 public:
  explicit SessionCookies(http::CookieRules rules) : rules_(rules) {}

  /// Nothing when they are not there. Throws http::AmbiguousCookies when either is there twice.
  struct Found {
    std::optional<std::string_view> access, refresh;
  };
  Found find(const http::Request& request) const;

  http::Response set(http::Response response, std::string_view access, std::string_view refresh) const;
  http::Response clear(http::Response response) const;
  /// Values of `Set-Cookie`.
  std::vector<std::string> clearing() const;

 private:
  http::CookieRules rules_;
};

}  // namespace dontgoback::walk::walkers
