#include "http/client/url.hpp"

#include <algorithm>
#include <stdexcept>

namespace dontgoback::http {

Url Url::parse(std::string_view text) {
  const auto refuse = [text] { throw std::invalid_argument(std::string("not a URL of a server: ").append(text)); };
  if (!std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7F; })) refuse();
  Url url;
  if (text.starts_with("https://")) {
    url.https = true;
    text.remove_prefix(8);
  } else if (text.starts_with("http://")) {
    text.remove_prefix(7);
  } else {
    refuse();
  }
  text = text.substr(0, text.find('#'));
  const auto end = std::min(text.find_first_of("/?"), text.size());
  const auto authority = text.substr(0, end);
  const auto target = text.substr(end);
  if (authority.find('@') != std::string_view::npos) refuse();

  const auto bracket = authority.starts_with('[') ? authority.find(']') : 0;
  if (bracket == std::string_view::npos) refuse();
  const auto colon = authority.find(':', bracket);
  auto host = authority.substr(0, colon);
  const auto port = colon == std::string_view::npos ? std::string_view{} : authority.substr(colon + 1);
  if (bracket > 0) host = host.substr(1, bracket - 1);
  if (host.empty() || port.size() > 5 || port.find_first_not_of("0123456789") != std::string_view::npos) refuse();

  url.host = host;
  url.port = !port.empty() ? port : url.https ? std::string_view("443") : std::string_view("80");
  url.authority = authority;
  if (!target.starts_with('/')) url.target.push_back('/');
  url.target.append(target);
  return url;
}

std::string Url::key() const {
  std::string key(https ? "https " : "http ");
  return key.append(host).append(" ").append(port);
}

}  // namespace dontgoback::http
