#include "picked_port.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "config/url.hpp"

namespace dontgoback::app {
namespace {

sockaddr_in6 v6_address(const std::string& text) {
  sockaddr_in6 address{};
  address.sin6_family = AF_INET6;
  ::inet_pton(AF_INET6, text.c_str(), &address.sin6_addr);
  return address;
}

sockaddr_in v4_address(const std::string& text) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  ::inet_pton(AF_INET, text.c_str(), &address.sin_addr);
  return address;
}

// The port the system chose, or nothing and errno.
template <class Address>
bool bind_any(int socket, Address address, in_port_t Address::*port, config::Endpoint& endpoint) {
  const int yes = 1;
  socklen_t length = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  if (::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) != 0 ||
      ::bind(socket, generic, sizeof address) != 0 || ::getsockname(socket, generic, &length) != 0) {
    return false;
  }
  endpoint.port = ntohs(address.*port);
  return true;
}

}  // namespace

PickedPort::PickedPort(const std::string& listen) {
  auto endpoint = config::Endpoint::parse(listen).value();
  const bool v6 = endpoint.address.find(':') != std::string::npos;
  socket_ = ::socket(v6 ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const bool bound =
      socket_ >= 0 && (v6 ? bind_any(socket_, v6_address(endpoint.address), &sockaddr_in6::sin6_port, endpoint)
                          : bind_any(socket_, v4_address(endpoint.address), &sockaddr_in::sin_port, endpoint));
  if (!bound) {
    const int cause = errno;
    if (socket_ >= 0) ::close(socket_);
    throw std::system_error(cause, std::generic_category(), "cannot listen on " + listen);
  }
  address_ = endpoint.text();
}

PickedPort::~PickedPort() { ::close(socket_); }

}  // namespace dontgoback::app
