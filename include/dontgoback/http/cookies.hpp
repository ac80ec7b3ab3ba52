#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "dontgoback/http/request.hpp"

namespace dontgoback::http {

/// The value of a request cookie (RFC 6265 section 5.4); the first of that name, or nothing.
std::optional<std::string_view> cookie(const Request& request, std::string_view name);

struct CookieRules {
  bool secure = true;  ///< false only when the public URL is http
};

/// A `Set-Cookie` value: `HttpOnly; SameSite=Lax`, `Secure` by the rules, `Max-Age` as given.
std::string set_cookie(const CookieRules& rules, std::string_view name, std::string_view value, std::string_view path,
                       std::chrono::seconds max_age);
/// A `Set-Cookie` value that removes it.
std::string clear_cookie(const CookieRules& rules, std::string_view name, std::string_view path);

}  // namespace dontgoback::http
