#include "url.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>

namespace dontgoback::config {
namespace {

bool is_v4(const std::string& text) {
  in_addr address;
  return ::inet_pton(AF_INET, text.c_str(), &address) == 1;
}

bool is_v6(const std::string& text) {
  in6_addr address;
  return ::inet_pton(AF_INET6, text.c_str(), &address) == 1;
}

std::optional<std::uint16_t> parse_port(std::string_view text) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return port;
}

bool is_host_name(std::string_view host) {
  const auto fits = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '.'; };
  return !host.empty() && host.size() <= 253 && host.front() != '.' && host.front() != '-' &&
         std::all_of(host.begin(), host.end(), fits);
}

bool is_path(std::string_view path) {
  return std::all_of(path.begin(), path.end(), [](char c) {
    return c > ' ' && c <= '~' && std::string_view("?#\"<>\\^`{|}").find(c) == std::string_view::npos;
  });
}

bool is_address(const std::string& host) {
  return host.front() == '[' ? host.back() == ']' && is_v6(host.substr(1, host.size() - 2)) : is_host_name(host);
}

// The colon before the port, which is not one inside an IPv6 address.
std::size_t port_colon(std::string_view authority) {
  const auto colon = authority.rfind(':');
  const auto bracket = authority.rfind(']');
  return colon != std::string_view::npos && bracket != std::string_view::npos && colon < bracket
             ? std::string_view::npos
             : colon;
}

}  // namespace

std::optional<Url> Url::parse(std::string_view text) {
  Url url{};
  if (text.substr(0, 8) == "https://") {
    url.https = true;
    text.remove_prefix(8);
  } else if (text.substr(0, 7) == "http://") {
    text.remove_prefix(7);
  } else {
    return std::nullopt;
  }
  const auto slash = text.find('/');
  auto authority = text.substr(0, slash);
  auto path = slash == std::string_view::npos ? std::string_view{} : text.substr(slash);
  while (!path.empty() && path.back() == '/') path.remove_suffix(1);

  url.port = url.https ? 443 : 80;
  if (const auto colon = port_colon(authority); colon != std::string_view::npos) {
    const auto port = parse_port(authority.substr(colon + 1));
    if (!port || *port == 0) return std::nullopt;
    url.port = *port;
    authority = authority.substr(0, colon);
  }
  url.host = authority;
  std::transform(url.host.begin(), url.host.end(), url.host.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  url.path = path;
  if (url.host.empty() || !is_address(url.host) || !is_path(url.path)) return std::nullopt;
  return url;
}

std::string Url::origin() const {
  std::string origin = (https ? "https://" : "http://") + host;
  if (port != (https ? 443 : 80)) origin += ":" + std::to_string(port);
  return origin;
}

bool Url::is_loopback() const {
  return host == "localhost" || host == "[::1]" || (is_v4(host) && host.compare(0, 4, "127.") == 0);
}

std::optional<Endpoint> Endpoint::parse(std::string_view text) {
  const auto colon = port_colon(text);
  if (colon == std::string_view::npos) return std::nullopt;
  const auto port = parse_port(text.substr(colon + 1));
  std::string address(text.substr(0, colon));
  if (!port || address.empty()) return std::nullopt;
  if (address.front() != '[') {
    if (!is_v4(address)) return std::nullopt;
  } else {
    if (address.back() != ']') return std::nullopt;
    address = address.substr(1, address.size() - 2);
    if (!is_v6(address)) return std::nullopt;
  }
  return Endpoint{std::move(address), *port};
}

std::string Endpoint::text() const {
  const auto host = address.find(':') == std::string::npos ? address : "[" + address + "]";
  return host + ":" + std::to_string(port);
}

bool Endpoint::is_any_address() const {
  in6_addr v6;
  return address == "0.0.0.0" || (::inet_pton(AF_INET6, address.c_str(), &v6) == 1 && IN6_IS_ADDR_UNSPECIFIED(&v6));
}

std::string Endpoint::url() const {
  auto reached = *this;
  if (is_any_address()) reached.address = is_v4(address) ? "127.0.0.1" : "::1";
  return "http://" + reached.text();
}

}  // namespace dontgoback::config
