#include "http/server/browser_policy.hpp"

#include <algorithm>
#include <stdexcept>

namespace dontgoback::http {
namespace {

/// The origin of a URL as browsers serialise it (RFC 6454 section 6.2); empty for what is no http URL.
std::string origin_of_url(std::string_view url) {
  const auto scheme_end = url.find("://");
  if (scheme_end == std::string_view::npos) return {};
  url = url.substr(0, url.find_first_of("/?#", scheme_end + 3));
  std::string origin;
  for (const char c : url) origin.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c);
  const bool https = origin.starts_with("https://");
  if (!https && !origin.starts_with("http://")) return {};
  const std::string_view default_port = https ? ":443" : ":80";
  if (origin.ends_with(default_port)) origin.erase(origin.size() - default_port.size());
  if (origin.size() == scheme_end + 3) return {};
  return origin;
}

}  // namespace

void BrowserPolicy::allow(const std::vector<std::string>& origins) {
  for (const auto& each : origins) {
    auto origin = origin_of_url(each);
    if (origin.empty()) throw std::invalid_argument(std::string("not an origin of web pages: ").append(each));
    origins_.push_back(std::move(origin));
  }
}

bool BrowserPolicy::allows(std::string_view origin) const {
  return std::find(origins_.begin(), origins_.end(), origin) != origins_.end();
}

bool BrowserPolicy::refuses(const HeaderFields& fields, bool toggle) const {
  const auto origin = fields.find("Origin");
  const bool origin_allowed = origin && allows(*origin);
  if (const auto site = fields.find("Sec-Fetch-Site")) return *site != "same-origin" && !origin_allowed;
  if (origin) return !origin_allowed;
  if (!toggle) return false;
  const auto referer = fields.find("Referer");
  return referer && !allows(origin_of_url(*referer));
}

bool is_prefetch(const HeaderFields& fields) {
  return fields.find("Sec-Purpose").value_or("").starts_with("prefetch") ||
         fields.find("Purpose").value_or("").starts_with("prefetch");
}

}  // namespace dontgoback::http
