#pragma once

#include <string>

#include "http/server/event_loop.hpp"
#include "http/server/networks.hpp"

namespace dontgoback::http {

using SocketName = asio::generic::stream_protocol::endpoint;

/// Whose end it is. Who comes by a socket in the file system is of this machine: 127.0.0.1.
Address address_of(const SocketName& name);
/// `ADDR:PORT`, `[ADDR]:PORT` or `unix:PATH`.
std::string text_of(const SocketName& name);

}  // namespace dontgoback::http
