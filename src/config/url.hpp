#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dontgoback::config {

/// `http://HOST[:PORT][/PATH]` or the same with https (RFC 3986). No user, no query, no fragment. Two texts that mean
/// the same but for the spelling of their path have one `text()`.
struct Url {
  bool https;
  std::string host;    ///< lower case; an IPv6 address in brackets, as short as it can be written (RFC 5952)
  std::uint16_t port;  ///< the scheme's own when none is given
  std::string path;    ///< without trailing slashes

  static std::optional<Url> parse(std::string_view text);
  /// What keeps a text from being one, without naming its parts, for it may hold a password: `must have no query: …`.
  static std::string problem_of(std::string_view text);
  /// Scheme, host and port as browsers write them in `Origin` (RFC 6454): without the scheme's own port.
  std::string origin() const;
  std::string text() const { return origin() + path; }
  /// Whether it can only mean this machine: `localhost`, 127.0.0.0/8 or ::1.
  bool is_loopback() const;
};

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
  std::string url() const;
};

}  // namespace dontgoback::config
