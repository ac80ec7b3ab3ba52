#pragma once

#include <string>
#include <string_view>

namespace dontgoback::http {

/// An absolute http or https URL taken apart (RFC 9110 section 4.2).
struct Url {
  bool https = false;
  std::string host;  ///< without brackets
  std::string port;
  std::string authority;  ///< what the `Host` field says
  std::string target;     ///< path and query, at least "/"

  /// Throws std::invalid_argument for anything else, for user names in it, and for characters a URL has not.
  static Url parse(std::string_view text);
  /// Names a pool: scheme, host and port.
  std::string key() const;
};

}  // namespace dontgoback::http
