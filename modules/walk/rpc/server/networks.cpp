#include "networks.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <string_view>
#include <utility>

namespace dontgoback::walk::rpc {
namespace {

// Bytes of an IPv6 address that one customer has at least, and at most.
constexpr std::size_t kNetwork = 8;
constexpr std::size_t kSite = 6;

// The text between two others, as short as it can be; all of it where one of them is missing.
std::string_view between(std::string_view text, std::string_view first, std::string_view last) {
  const auto from = text.find(first);
  if (from != std::string_view::npos) text.remove_prefix(from + first.size());
  return text.substr(0, text.rfind(last));
}

}  // namespace

std::string network_of(const sockaddr_storage& peer) {
  if (peer.ss_family == AF_INET) {
    const auto& v4 = reinterpret_cast<const sockaddr_in&>(peer);
    const auto bytes = std::string(reinterpret_cast<const char*>(&v4.sin_addr), sizeof v4.sin_addr);
    return bytes.front() == 127 ? std::string() : bytes;
  }
  if (peer.ss_family != AF_INET6) return {};
  const auto& v6 = reinterpret_cast<const sockaddr_in6&>(peer);
  if (IN6_IS_ADDR_LOOPBACK(&v6.sin6_addr)) return {};
  if (IN6_IS_ADDR_V4MAPPED(&v6.sin6_addr)) {
    const auto bytes = std::string(reinterpret_cast<const char*>(&v6.sin6_addr.s6_addr[12]), 4);
    return bytes.front() == 127 ? std::string() : bytes;
  }
  return std::string(reinterpret_cast<const char*>(&v6.sin6_addr), kNetwork);
}

std::string network_of(std::string peer) {
  sockaddr_storage read{};
  if (peer.starts_with("ipv4:")) {
    read.ss_family = AF_INET;
    const auto host = std::string(between(peer, "ipv4:", ":"));
    if (::inet_pton(AF_INET, host.c_str(), &reinterpret_cast<sockaddr_in&>(read).sin_addr) == 1)
      return network_of(read);
  } else if (peer.starts_with("ipv6:")) {
    read.ss_family = AF_INET6;
    auto host = std::string(between(peer, "%5B", "%5D"));
    host = host.substr(0, host.find('%'));  // a zone of this machine's
    if (::inet_pton(AF_INET6, host.c_str(), &reinterpret_cast<sockaddr_in6&>(read).sin6_addr) == 1) {
      return network_of(read);
    }
  }
  return peer;
}

std::string site_of(std::string peer) {
  auto network = network_of(std::move(peer));
  if (network.size() == kNetwork) network.resize(kSite);
  return network;
}

}  // namespace dontgoback::walk::rpc
