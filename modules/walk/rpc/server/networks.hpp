#pragma once

#include <sys/socket.h>

#include <string>

namespace dontgoback::walk::rpc {

/// Whose connections count together: an IPv4 address, an IPv6 /64. Empty for this machine's own: a proxy's, which are
/// everybody's.
std::string network_of(const sockaddr_storage& peer);
/// The same of what gRPC calls a peer: `ipv4:192.0.2.1:4000`, `ipv6:%5B2001:db8::1%5D:4000`.
std::string network_of(std::string peer);
/// The network of a peer whose messages are counted: of IPv6 a /48, of which one customer may have all.
std::string site_of(std::string peer);

}  // namespace dontgoback::walk::rpc
