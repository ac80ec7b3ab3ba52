#include "http/server/networks.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <cstring>
#include <stdexcept>

#include "dontgoback/text/ascii.hpp"
#include "dontgoback/text/number.hpp"
#include "dontgoback/text/parts.hpp"

namespace dontgoback::http {
namespace {

constexpr std::array<std::uint8_t, 12> kMapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

bool is_mapped(const Address& address) { return std::equal(kMapped.begin(), kMapped.end(), address.bytes.begin()); }

/// One entry of X-Forwarded-For: an address, `v4:port` or `[v6]:port`.
std::optional<Address> entry_address(std::string_view entry) {
  if (entry.starts_with('[')) return Address::parse(entry.substr(1, entry.find(']') - 1));
  if (std::count(entry.begin(), entry.end(), ':') == 1) entry = entry.substr(0, entry.find(':'));
  return Address::parse(entry);
}

}  // namespace

std::optional<Address> Address::parse(std::string_view text) {
  std::array<char, INET6_ADDRSTRLEN> name{};
  if (text.size() >= name.size()) return std::nullopt;
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

Origin origin_of(const Address& peer, const FieldList& fields, const Networks& trusted_proxies) {
  Origin origin{.client = peer};
  if (!trusted_proxies.contains(peer)) {
    origin.forged = std::any_of(fields.begin(), fields.end(), [](const FieldList::Field& field) {
      return text::same_ignoring_case(field.name, "X-Forwarded-For") ||
             text::same_ignoring_case(field.name, "Forwarded") || text::same_ignoring_case(field.name, "X-Real-IP");
    });
    return origin;
  }
  // Each proxy appends, so only what stands right of the first stranger is the word of somebody we trust.
  for (const auto* field = fields.end(); field != fields.begin();) {
    --field;
    if (!text::same_ignoring_case(field->name, "X-Forwarded-For")) continue;
    auto rest = field->value;
    while (!rest.empty()) {
      const auto comma = rest.rfind(',');
      const auto entry = text::trimmed(comma == std::string_view::npos ? rest : rest.substr(comma + 1));
      rest = comma == std::string_view::npos ? std::string_view{} : rest.substr(0, comma);
      if (entry.empty()) continue;  // RFC 9110 section 5.6.1.2
      const auto address = entry_address(entry);
      if (!address) {
        origin.malformed = true;
        return origin;
      }
      origin.client = *address;
      if (!trusted_proxies.contains(*address)) return origin;
    }
  }
  return origin;
}

}  // namespace dontgoback::http
