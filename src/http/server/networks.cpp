#include "http/server/networks.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <cstring>
#include <stdexcept>

#include "dontgoback/text/number.hpp"

namespace dontgoback::http {
namespace {

constexpr std::array<std::uint8_t, 12> kMapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

bool is_mapped(const Address& address) { return std::equal(kMapped.begin(), kMapped.end(), address.bytes.begin()); }

}  // namespace

std::optional<Address> Address::parse(std::string_view text) {
  std::array<char, INET6_ADDRSTRLEN> name{};
  // inet_pton would take what stands before a NUL for all there is.
  if (text.size() >= name.size() || text.find('\0') != text.npos) return std::nullopt;
  std::copy(text.begin(), text.end(), name.begin());
  Address address;
  if (inet_pton(AF_INET6, name.data(), address.bytes.data()) == 1) return address;
  std::copy(kMapped.begin(), kMapped.end(), address.bytes.begin());
  if (inet_pton(AF_INET, name.data(), address.bytes.data() + kMapped.size()) == 1) return address;
  return std::nullopt;
}

std::string Address::text() const {
  std::array<char, INET6_ADDRSTRLEN> name{};
  if (is_mapped(*this)) {
    inet_ntop(AF_INET, bytes.data() + kMapped.size(), name.data(), name.size());
  } else {
    inet_ntop(AF_INET6, bytes.data(), name.data(), name.size());
  }
  return name.data();
}

Networks::Networks(const std::vector<std::string>& cidrs) {
  for (const auto& cidr : cidrs) {
    const std::string_view network = cidr;
    const auto slash = network.find('/');
    const auto prefix = Address::parse(network.substr(0, slash));
    if (!prefix) throw std::invalid_argument("not a network in CIDR notation: " + cidr);
    const bool v4 = network.substr(0, slash).find(':') == std::string_view::npos;
    unsigned bits = v4 ? 32 : 128;
    if (slash != std::string_view::npos) {
      const auto given = text::number<unsigned>(network.substr(slash + 1));
      if (!given || *given > bits) throw std::invalid_argument("not a network in CIDR notation: " + cidr);
      bits = *given;
    }
    networks_.push_back({*prefix, v4 ? bits + 96 : bits});
  }
}

bool Networks::contains(const Address& address) const {
  return std::any_of(networks_.begin(), networks_.end(), [&](const Network& network) {
    const auto whole = network.bits / 8;
    if (std::memcmp(network.prefix.bytes.data(), address.bytes.data(), whole) != 0) return false;
    if (network.bits % 8 == 0) return true;
    const unsigned shift = 8 - network.bits % 8;
    return network.prefix.bytes[whole] >> shift == address.bytes[whole] >> shift;
  });
}

}  // namespace dontgoback::http
