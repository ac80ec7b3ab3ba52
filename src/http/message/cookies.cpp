#include "dontgoback/http/cookies.hpp"

#include "dontgoback/text/parts.hpp"

namespace dontgoback::http {
NamedCookie cookie(const Request& request, std::string_view name) {
  NamedCookie found;
  if (request.headers->count("Cookie") > 1) found.count = 2;
  auto rest = request.header("Cookie");
  while (!rest.empty()) {
    const auto pair = text::take(rest, ';');
    const auto equals = pair.find('=');
    if (equals == std::string_view::npos || text::trimmed(pair.substr(0, equals)) != name) continue;
    if (++found.count == 1) found.value = text::trimmed(pair.substr(equals + 1));
  }
  return found;
}

std::string set_cookie(const CookieRules& rules, std::string_view name, std::string_view value, std::string_view path,
                       std::chrono::seconds max_age, SameSite same_site) {
  std::string text;
  text.reserve(name.size() + value.size() + path.size() + 64);
  text.append(name).append("=").append(value).append("; Path=").append(path);
  text.append("; Max-Age=").append(std::to_string(max_age.count())).append("; HttpOnly; SameSite=");
  text.append(same_site == SameSite::lax ? "Lax" : "None");
  if (rules.secure) text.append("; Secure");
  return text;
}

std::string clear_cookie(const CookieRules& rules, std::string_view name, std::string_view path) {
  return set_cookie(rules, name, {}, path, std::chrono::seconds(0));
}

}  // namespace dontgoback::http
