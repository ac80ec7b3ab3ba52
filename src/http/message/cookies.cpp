#include "dontgoback/http/cookies.hpp"

namespace dontgoback::http {
namespace {

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

}  // namespace

std::optional<std::string_view> cookie(const Request& request, std::string_view name) {
  auto rest = request.header("Cookie");
  while (!rest.empty()) {
    const auto end = rest.find(';');
    const auto pair = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
    const auto equals = pair.find('=');
    if (equals == std::string_view::npos || trimmed(pair.substr(0, equals)) != name) continue;
    return trimmed(pair.substr(equals + 1));
  }
  return std::nullopt;
}

std::string set_cookie(const CookieRules& rules, std::string_view name, std::string_view value, std::string_view path,
                       std::chrono::seconds max_age) {
  std::string text;
  text.reserve(name.size() + value.size() + path.size() + 64);
  text.append(name).append("=").append(value).append("; Path=").append(path);
  text.append("; Max-Age=").append(std::to_string(max_age.count())).append("; HttpOnly; SameSite=Lax");
  if (rules.secure) text.append("; Secure");
  return text;
}

std::string clear_cookie(const CookieRules& rules, std::string_view name, std::string_view path) {
  return set_cookie(rules, name, {}, path, std::chrono::seconds(0));
}

}  // namespace dontgoback::http
