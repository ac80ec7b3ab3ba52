#include "session_cookies.hpp"

#include "tokens.hpp"

namespace dontgoback::walk::walkers {
namespace {

struct Names {
  std::string_view access, refresh, access_path, refresh_path;
};

// Where the name does not keep others from it neither goes further than it has to.
constexpr Names kPlain{"walk_access_token", "walk_refresh_token", "/", "/api/v1/walkers/token"};
// The prefix demands the path of all.
constexpr Names kHost{"__Host-walk_access_token", "__Host-walk_refresh_token", "/", "/"};

const Names& names_of(const http::CookieRules& rules) { return rules.secure ? kHost : kPlain; }

}  // namespace

SessionCookies::Found SessionCookies::find(const http::Request& request) const {
  const auto& names = names_of(rules_);
  const auto access = http::cookie(request, names.access);
  const auto refresh = http::cookie(request, names.refresh);
  if (access.count > 1 || refresh.count > 1) throw http::AmbiguousCookies(kNotSignedIn, clearing());
  return {access.only(), refresh.only()};
}

http::Response SessionCookies::set(http::Response response, std::string_view access, std::string_view refresh) const {
  const auto& names = names_of(rules_);
  response.header("Set-Cookie", http::set_cookie(rules_, names.access, access, names.access_path, kAccessTokenLife));
  response.header("Set-Cookie", http::set_cookie(rules_, names.refresh, refresh, names.refresh_path, kSessionLife));
  return response;
}

http::Response SessionCookies::clear(http::Response response) const {
  for (auto& each : clearing()) response.header("Set-Cookie", std::move(each));
  return response;
}

std::vector<std::string> SessionCookies::clearing() const {
  std::vector<std::string> values;
  const auto clear = [&](const Names& names) {
    values.push_back(http::clear_cookie(rules_, names.access, names.access_path));
    values.push_back(http::clear_cookie(rules_, names.refresh, names.refresh_path));
  };
  clear(names_of(rules_));
  // Of a service that was http before.
  if (rules_.secure) clear(kPlain);
  return values;
}

}  // namespace dontgoback::walk::walkers
