#pragma once

#include <optional>
#include <string>

#include "dontgoback/http/cookies.hpp"
#include "dontgoback/http/response.hpp"
#include "sign_in/providers/settings.hpp"

namespace dontgoback::core::sign_in {

/// The cookie that binds a way to a provider and back to the browser that went it. Over https its name begins with
/// `__Host-`. One that comes back with a form of the provider's page is another, which other sites' forms bring.
class HopCookie {
 public:
  HopCookie(http::CookieRules rules, const ProviderSettings& provider)
      : rules_(rules), form_post_(provider.form_post) {}

  /// What the browser has; nothing when there is none that is well-formed.
  std::optional<std::string> find(const http::Request& request) const;
  /// Two tabs may be on the way at once, so a browser keeps what it has.
  std::string find_or_make(const http::Request& request) const;
  void set(http::Response& response, std::string_view value) const;

 private:
  std::string_view name() const;
  http::CookieRules rules_;
  bool form_post_;
};

}  // namespace dontgoback::core::sign_in
