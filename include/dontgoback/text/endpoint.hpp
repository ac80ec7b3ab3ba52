#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dontgoback::text {

/// `ADDR:PORT` of a socket; IPv6 in brackets. No names.
struct Endpoint {
  std::string address;  ///< without brackets, as short as it can be written
  std::uint16_t port;

  static std::optional<Endpoint> parse(std::string_view text);
  std::string text() const;
  bool is_any_address() const;
  /// Whether one socket would keep the other from listening: the same port of the same address, or of one that holds
  /// it.
  bool overlaps(const Endpoint& other) const;
  /// An http URL by which this machine reaches it: any-address becomes loopback.
  std::string url(std::string_view scheme = "http") const;
};

}  // namespace dontgoback::text
