#include "http/server/browser_policy.hpp"

#include <algorithm>
#include <stdexcept>

#include "dontgoback/text/url.hpp"

namespace dontgoback::http {
namespace {

/// Of the page that a `Referer` names. Browsers write what follows its origin more freely than RFC 3986 does.
std::optional<text::Url> origin_of_page(std::string_view referer) {
  constexpr std::size_t kScheme = std::string_view("https://").size();
  return text::Url::parse(referer.substr(0, referer.find_first_of("/?#", kScheme)));
}

}  // namespace

void BrowserPolicy::allow(const std::vector<std::string>& origins) {
  for (const auto& each : origins) {
    const auto url = text::Url::parse(each);
    if (!url) throw std::invalid_argument(std::string("not an origin of web pages: ").append(each));
    origins_.push_back(url->origin());
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
  if (!referer) return false;
  const auto page = origin_of_page(*referer);
  return !page || !allows(page->origin());
}

bool is_prefetch(const HeaderFields& fields) {
  return fields.find("Sec-Purpose").value_or("").starts_with("prefetch") ||
         fields.find("Purpose").value_or("").starts_with("prefetch");
}

}  // namespace dontgoback::http
