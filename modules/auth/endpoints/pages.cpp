#include "endpoints/pages.hpp"

#include "dontgoback/config/base_url.hpp"

namespace dontgoback::auth {
namespace {

constexpr std::string_view kOption = "--auth-web-origin";
constexpr std::string_view kAll = "*";

}  // namespace

void PageOrigins::declare(config::Options& options) {
  options.list(kOption, given_,
               "http(s)://HOST[:PORT]: pages that may ask for tokens, keys and metadata, without cookies; * for all; "
               "repeatable");
}

void PageOrigins::check(config::Checks& checks) const {
  for (const auto& origin : given_) {
    if (origin == kAll) continue;
    const auto url = config::parse_base_url(origin);
    if (!url || !url->path.empty()) checks.wrong(kOption, "must be http(s)://HOST[:PORT] without a path, or * for all");
  }
}

std::vector<std::string> PageOrigins::origins() const {
  std::vector<std::string> origins;
  for (const auto& origin : given_) {
    origins.push_back(origin == kAll ? origin : config::parse_base_url(origin)->origin());
  }
  return origins;
}

}  // namespace dontgoback::auth
