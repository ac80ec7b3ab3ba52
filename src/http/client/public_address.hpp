#pragma once

#include <boost/asio/ip/address.hpp>

namespace dontgoback::http {

/// Whether the address is one of the Internet at large (IANA's registries of special-purpose addresses, RFC 6890): not
/// this machine's, a local network's or a cloud's own, nor one that only stands for another address. Pure.
bool is_public(const boost::asio::ip::address& address);

}  // namespace dontgoback::http
