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

/// The address in its shortest form (RFC 5952).
std::optional<std::string> shortest_v6(const std::string& text) {
  in6_addr address;
  std::array<char, INET6_ADDRSTRLEN> shortest{};
  if (::inet_pton(AF_INET6, text.c_str(), &address) != 1) return std::nullopt;
  return ::inet_ntop(AF_INET6, &address, shortest.data(), shortest.size());
}

bool takes_v4(const std::string& v6) {
  in6_addr address;
  return ::inet_pton(AF_INET6, v6.c_str(), &address) == 1 &&
         (IN6_IS_ADDR_UNSPECIFIED(&address) || IN6_IS_ADDR_V4MAPPED(&address));
}

std::optional<std::uint16_t> parse_port(std::string_view text) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return port;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_label(std::string_view label) {
  const auto fits = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-'; };
  return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
         std::all_of(label.begin(), label.end(), fits);
}

/// A name (RFC 1123 section 2.1) or an IPv4 address, which a name that ends in a number would be taken for.
bool is_host_name(const std::string& host) {
  if (host.size() > 253) return false;
  std::string_view rest = host;
  while (true) {
    const auto dot = rest.find('.');
    if (!is_label(rest.substr(0, dot))) return false;
    if (dot == std::string_view::npos) break;
    rest.remove_prefix(dot + 1);
  }
  return !std::all_of(rest.begin(), rest.end(), is_digit) || is_v4(host);
}

bool is_path(std::string_view path) {
  for (std::size_t i = 0; i < path.size(); ++i) {
    const char c = path[i];
    if (c <= ' ' || c > '~' || std::string_view("?#\"<>\\^`{|}").find(c) != std::string_view::npos) return false;
    const auto is_hex = [](char digit) { return std::isxdigit(static_cast<unsigned char>(digit)) != 0; };
    if (c == '%' && (i + 2 >= path.size() || !is_hex(path[i + 1]) || !is_hex(path[i + 2]))) return false;
  }
  return true;
}

/// The host in its one form; nothing for one that is none.
std::optional<std::string> host_of(std::string_view authority) {
  std::string host(authority);
  std::transform(host.begin(), host.end(), host.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (host.empty() || host.front() != '[') {
    return is_host_name(host) ? std::optional(std::move(host)) : std::nullopt;
  }
  const auto v6 = host.back() == ']' ? shortest_v6(host.substr(1, host.size() - 2)) : std::nullopt;
  return v6 ? std::optional("[" + *v6 + "]") : std::nullopt;
}

/// Whether the text begins with the scheme, whatever its case; then it goes.
bool take_scheme(std::string_view& text, std::string_view scheme) {
  const bool begins =
      text.size() >= scheme.size() && std::equal(scheme.begin(), scheme.end(), text.begin(), [](char a, char b) {
        return a == static_cast<char>(std::tolower(static_cast<unsigned char>(b)));
      });
  if (begins) text.remove_prefix(scheme.size());
  return begins;
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
  url.https = take_scheme(text, "https://");
  if (!url.https && !take_scheme(text, "http://")) return std::nullopt;
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
  auto host = host_of(authority);
  if (!host || !is_path(path)) return std::nullopt;
  url.host = *std::move(host);
  url.path = path;
  return url;
}

std::string Url::problem_of(std::string_view text) {
  auto rest = text;
  if (!std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c <= '~'; })) {
    return "must be an http or https URL without blanks, in ASCII";
  }
  if (!take_scheme(rest, "https://") && !take_scheme(rest, "http://")) {
    return "must be an http or https URL: https://HOST[:PORT][/PATH]";
  }
  if (rest.find('#') != std::string_view::npos) return "must be an http or https URL without a fragment (# and after)";
  if (rest.find('?') != std::string_view::npos) return "must be an http or https URL without a query (? and after)";
  if (rest.substr(0, rest.find('/')).find('@') != std::string_view::npos) {
    return "must be an http or https URL without a user or password (what is before @)";
  }
  return "must be an http or https URL with a host that can be (and a port from 1 to 65535): "
         "https://HOST[:PORT][/PATH]";
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
    auto shortest = shortest_v6(address.substr(1, address.size() - 2));
    if (!shortest) return std::nullopt;
    address = *std::move(shortest);
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
  const auto text = "http://" + reached.text();
  const auto url = Url::parse(text);
  return url ? url->text() : text;  // port 0, before the system has chosen
}

bool Endpoint::overlaps(const Endpoint& other) const {
  if (port == 0 || port != other.port) return false;
  if (address == other.address || (is_any_address() && other.is_any_address())) return true;
  const bool v4 = is_v4(address);
  if (v4 == is_v4(other.address)) return is_any_address() || other.is_any_address();
  // Of an IPv4 and an IPv6 address: the latter may take IPv4 too (ipv6(7), IPV6_V6ONLY).
  const auto& six = v4 ? other : *this;
  const auto& four = v4 ? *this : other;
  return takes_v4(six.address) &&
         (six.is_any_address() || four.is_any_address() || six.address == "::ffff:" + four.address);
}

}  // namespace dontgoback::config
