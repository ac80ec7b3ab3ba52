#include "dontgoback/limits/address_group.hpp"

#include <arpa/inet.h>

#include <array>

namespace dontgoback::limits {

std::string address_group(std::string_view address, unsigned v6_prefix) {
  std::string text(address);
  in6_addr v6{};
  if (::inet_pton(AF_INET6, text.c_str(), &v6) != 1) return text;
  std::array<char, INET6_ADDRSTRLEN> name{};
  if (IN6_IS_ADDR_V4MAPPED(&v6)) return ::inet_ntop(AF_INET, &v6.s6_addr[12], name.data(), name.size());
  for (unsigned bit = v6_prefix; bit < 128; ++bit) {
    v6.s6_addr[bit / 8] &= static_cast<std::uint8_t>(~(0x80U >> bit % 8));
  }
  ::inet_ntop(AF_INET6, &v6, name.data(), name.size());
  return std::string(name.data()) + '/' + std::to_string(v6_prefix);
}

}  // namespace dontgoback::limits
