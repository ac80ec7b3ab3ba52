#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "dontgoback/http/cookies.hpp"

namespace dontgoback::core::sign_in {

/// A cookie by which a browser proves that it is the one that began something. Over https its name begins with
/// `__Host-`, so that no other host of the domain can put one there, and its path is `/`, as the prefix demands.
class BrowserCookie {
 public:
  /// Literals. `plain_path`: where the browser sends it over http.
  BrowserCookie(http::CookieRules rules, std::string_view name, std::string_view plain_path)
      : rules_(rules),
        name_((rules.secure ? "__Host-" : "") + std::string(name)),
        path_(rules.secure ? "/" : plain_path) {}

  /// Nothing when it is not there, or there twice: nobody can tell whose each is.
  std::optional<std::string_view> find(const http::Request& request) const {
    return http::cookie(request, name_).only();
  }
  /// Values of `Set-Cookie`.
  std::string set(std::string_view value, std::chrono::seconds life) const {
    return http::set_cookie(rules_, name_, value, path_, life);
  }
  std::string clear() const { return http::clear_cookie(rules_, name_, path_); }

 private:
  http::CookieRules rules_;
  std::string name_;
  std::string_view path_;
};

}  // namespace dontgoback::core::sign_in
