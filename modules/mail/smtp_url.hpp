#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dontgoback::mail {

/// Where a mail server is: `smtp://HOST[:PORT]` (by itself port 587; STARTTLS) or `smtps://HOST[:PORT]` (465; TLS from
/// the first byte, RFC 8314).
struct SmtpUrl {
  bool implicit_tls = false;
  std::string host;  ///< lower case; an IPv6 address in brackets
  std::uint16_t port = 0;
  bool is_loopback = false;

  /// Nothing for other schemes, and for a path, a query or a user name: those have options of their own.
  static std::optional<SmtpUrl> parse(std::string_view text);
  std::string text() const;
};

}  // namespace dontgoback::mail
