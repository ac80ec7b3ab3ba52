#include "http/server/socket_names.hpp"

#include <netinet/in.h>
#include <sys/un.h>

#include <boost/asio/ip/tcp.hpp>
#include <cstddef>
#include <cstring>
#include <sstream>

namespace dontgoback::http {
namespace {

bool is_of_this_machine(const SocketName& name) { return name.data()->sa_family == AF_UNIX; }

asio::ip::tcp::endpoint of_the_network(const SocketName& name) {
  asio::ip::tcp::endpoint endpoint;
  if (name.size() > endpoint.capacity()) return endpoint;
  std::memcpy(endpoint.data(), name.data(), name.size());
  endpoint.resize(name.size());
  return endpoint;
}

}  // namespace

Address address_of(const SocketName& name) {
  Address address;
  const auto ip =
      is_of_this_machine(name) ? asio::ip::address(asio::ip::address_v4::loopback()) : of_the_network(name).address();
  address.bytes =
      ip.is_v4() ? asio::ip::make_address_v6(asio::ip::v4_mapped, ip.to_v4()).to_bytes() : ip.to_v6().to_bytes();
  return address;
}

std::string text_of(const SocketName& name) {
  if (is_of_this_machine(name)) {
    constexpr auto kBefore = offsetof(sockaddr_un, sun_path);
    const auto* path = reinterpret_cast<const sockaddr_un*>(name.data())->sun_path;
    return "unix:" + std::string(path, name.size() > kBefore ? ::strnlen(path, name.size() - kBefore) : 0);
  }
  std::ostringstream text;
  text << of_the_network(name);
  return text.str();
}

}  // namespace dontgoback::http
