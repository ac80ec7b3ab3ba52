#pragma once

#include <optional>
#include <string_view>

namespace dontgoback::http {

/// A request's target taken apart (RFC 9112 section 3.2), as views into it. Pure; allocates nothing.
struct Target {
  std::string_view path;       ///< begins with `/`, or is `*`: the server as a whole, for OPTIONS
  std::string_view query;      ///< without the `?`
  std::string_view authority;  ///< of the absolute form, else empty; it goes before `Host` (section 3.2.2)

  bool is_server() const { return path == "*"; }

  /// Nothing for the authority form, which is for CONNECT, for other schemes than http and https, for an authority
  /// that is not one of is_authority, and for a path that is longer than 2048 bytes or not of RFC 3986 section 3.3,
  /// half percent escapes included. A query may have every visible ASCII character but `#`, as browsers write it.
  static std::optional<Target> parse(std::string_view text);
};

/// What `Host` may say: a host that is not empty and perhaps a port (RFC 9110 section 7.2, RFC 3986 section 3.2). No
/// user names.
bool is_authority(std::string_view text);

/// The host of what is_authority takes, without brackets and port.
std::string_view host_of_authority(std::string_view authority);

}  // namespace dontgoback::http
