#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dontgoback::http {

/// An IP address as 16 bytes; IPv4 is kept as its IPv4-mapped form, so both spellings of one address are equal.
struct Address {
  std::array<std::uint8_t, 16> bytes{};

  /// Reads an address without a port, zone or brackets.
  static std::optional<Address> parse(std::string_view text);
  /// Dotted for IPv4 and IPv4-mapped, else RFC 5952.
  std::string text() const;
  friend bool operator==(const Address&, const Address&) = default;
};

/// A list of networks in CIDR notation; a bare address is a network of one.
class Networks {
 public:
  Networks() = default;
  /// Throws std::invalid_argument, naming the entry, for what is no network.
  explicit Networks(const std::vector<std::string>& cidrs);
  bool contains(const Address& address) const;

 private:
  struct Network {
    Address prefix;
    unsigned bits;
  };
  std::vector<Network> networks_;
};

}  // namespace dontgoback::http
