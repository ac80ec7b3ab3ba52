#include "dontgoback/config/base_url.hpp"

#include <algorithm>

#include "dontgoback/text/ascii.hpp"

namespace dontgoback::config {
namespace {

std::string_view authority_of(std::string_view url) {
  const auto begin = url.find("://");
  if (begin == std::string_view::npos) return {};
  url.remove_prefix(begin + 3);
  return url.substr(0, url.find('/'));
}

}  // namespace

std::optional<text::Url> parse_base_url(std::string_view text) {
  auto url = text::Url::parse(text);
  // A colon without a port is a variable that was not filled in.
  if (!url || text.find_first_of("?#") != text.npos || authority_of(text).ends_with(':')) return std::nullopt;
  while (url->path.ends_with('/')) url->path.pop_back();
  return url;
}

std::string problem_of_base_url(std::string_view url) {
  if (!std::all_of(url.begin(), url.end(), text::is_visible)) {
    return "must be an http or https URL without blanks, in ASCII";
  }
  if (!text::starts_ignoring_case(url, "https://") && !text::starts_ignoring_case(url, "http://")) {
    return "must be an http or https URL: https://HOST[:PORT][/PATH]";
  }
  if (url.find('#') != std::string_view::npos) return "must be an http or https URL without a fragment (# and after)";
  if (url.find('?') != std::string_view::npos) return "must be an http or https URL without a query (? and after)";
  if (authority_of(url).find('@') != std::string_view::npos) {
    return "must be an http or https URL without a user or password (what is before @)";
  }
  return "must be an http or https URL with a host that can be (and a port from 1 to 65535): "
         "https://HOST[:PORT][/PATH]";
}

}  // namespace dontgoback::config
