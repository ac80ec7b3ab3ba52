#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dontgoback/http/error.hpp"
#include "dontgoback/http/request.hpp"

namespace dontgoback::http {

/// What a request's cookies say under one name (RFC 6265 section 5.4).
struct NamedCookie {
  std::size_t count = 0;   ///< more than one: some of them are somebody else's, and nobody can tell which
  std::string_view value;  ///< of the first

  std::optional<std::string_view> only() const { return count == 1 ? std::optional(value) : std::nullopt; }
};

/// Several `Cookie` fields, which no browser sends, count as several cookies of every name.
NamedCookie cookie(const Request& request, std::string_view name);

/// Two cookies of one name that decides who somebody is. Ends the request whatever its route needs, where another
/// failure to say who one is would make one nobody.
class AmbiguousCookies : public Error {
 public:
  /// `clearing`: values of `Set-Cookie`.
  AmbiguousCookies(Failure failure, std::vector<std::string> clearing) : Error(failure) {
    for (auto& each : clearing) std::move(*this).header("Set-Cookie", std::move(each));
  }
};

struct CookieRules {
  bool secure = true;  ///< false only when the public URL is http
};

/// With which requests that other sites' pages cause a cookie comes: when they lead here, or with every one, forms that
/// they send included. Browsers take `none` with `Secure` only.
enum class SameSite { lax, none };

/// A `Set-Cookie` value: `HttpOnly; SameSite=Lax` unless told, `Secure` by the rules, `Max-Age` as given.
std::string set_cookie(const CookieRules& rules, std::string_view name, std::string_view value, std::string_view path,
                       std::chrono::seconds max_age, SameSite same_site = SameSite::lax);
/// A `Set-Cookie` value that removes it.
std::string clear_cookie(const CookieRules& rules, std::string_view name, std::string_view path);

}  // namespace dontgoback::http
