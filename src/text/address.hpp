#pragma once

#include <optional>
#include <string>

namespace dontgoback::text {

/// Whether it is an IPv4 address in dotted decimal.
bool is_v4(const std::string& text);

/// An IPv6 address in its shortest form (RFC 5952); nothing for what is none. No brackets, no zone.
std::optional<std::string> shortest_v6(const std::string& text);

}  // namespace dontgoback::text
