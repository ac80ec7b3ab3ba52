#include "dontgoback/text/endpoint.hpp"

#include <arpa/inet.h>

#include "dontgoback/text/number.hpp"
#include "dontgoback/text/url.hpp"
#include "text/address.hpp"

namespace dontgoback::text {
namespace {

bool takes_v4(const std::string& v6) {
  in6_addr address;
  return ::inet_pton(AF_INET6, v6.c_str(), &address) == 1 &&
         (IN6_IS_ADDR_UNSPECIFIED(&address) || IN6_IS_ADDR_V4MAPPED(&address));
}

}  // namespace

std::optional<Endpoint> Endpoint::parse(std::string_view text) {
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return std::nullopt;
  const auto port = number<std::uint16_t>(text.substr(colon + 1));
  if (!port) return std::nullopt;
  const std::string host(text.substr(0, colon));
  if (is_v4(host)) return Endpoint{host, *port};
  if (!host.starts_with('[') || !host.ends_with(']')) return std::nullopt;
  auto v6 = shortest_v6(host.substr(1, host.size() - 2));
  if (!v6) return std::nullopt;
  return Endpoint{*std::move(v6), *port};
}

std::string Endpoint::text() const {
  const auto host = address.find(':') == std::string::npos ? address : "[" + address + "]";
  return host + ":" + std::to_string(port);
}

bool Endpoint::is_any_address() const {
  in6_addr v6;
  return address == "0.0.0.0" || (::inet_pton(AF_INET6, address.c_str(), &v6) == 1 && IN6_IS_ADDR_UNSPECIFIED(&v6));
}

std::string Endpoint::url(std::string_view scheme) const {
  auto reached = *this;
  if (is_any_address()) reached.address = is_v4(address) ? "127.0.0.1" : "::1";
  const auto text = std::string(scheme) + "://" + reached.text();
  const auto url = Url::parse(text);
  return url ? url->origin() : text;  // port 0, before the system has chosen
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

}  // namespace dontgoback::text
