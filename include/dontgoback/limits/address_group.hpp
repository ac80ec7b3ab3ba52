#pragma once

#include <string>
#include <string_view>

namespace dontgoback::limits {

/// What an address is counted under: IPv4 as it is, of IPv6 the network, because a household has 2^64 addresses of its
/// own (RFC 6177); as text, `192.0.2.1` or `2001:db8:1:2::/64`. Another prefix, such as the 48 bits that a site may
/// have, groups wider. What is no address is its own group.
std::string address_group(std::string_view address, unsigned v6_prefix = 64);

}  // namespace dontgoback::limits
