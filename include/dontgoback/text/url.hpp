#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dontgoback::text {

/// An absolute http or https URL taken apart (RFC 3986, RFC 9110 section 4.2): what reads URLs here. Pure; a fuzzer may
/// call it.
struct Url {
  bool https = false;
  std::string host;        ///< lower case; an IPv6 address in brackets, as short as it can be written (RFC 5952)
  std::uint16_t port = 0;  ///< the scheme's own when none is given
  std::string path;        ///< as it was written, so perhaps empty
  std::string query;       ///< with the `?`; empty when there is none. A fragment is left out: no server sees it

  /// Nothing for other schemes, for user names, for hosts that can be none (RFC 1123 section 2.1), for ports that are
  /// no number from 1 to 65535, and for characters that a URL has not.
  static std::optional<Url> parse(std::string_view text);

  /// Host and port as the `Host` field has them: without the scheme's own port.
  std::string authority() const;
  /// Scheme, host and port as browsers write them in `Origin` (RFC 6454 section 6.2).
  std::string origin() const;
  /// All of it again.
  std::string text() const { return origin() + path + query; }
  /// What a request line says: at least `/`.
  std::string target() const;
  /// Origin and path in their one spelling (RFC 3986 sections 6.2.2 and 6.2.3): two URLs that name the same have the
  /// same. Dot segments stay: no route has them. Without the query.
  std::string normalized() const;
  /// The host without the brackets of an IPv6 address.
  std::string_view host_name() const;
  /// Whether it can only mean this machine: `localhost`, 127.0.0.0/8 or ::1.
  bool is_loopback() const;
};

}  // namespace dontgoback::text
