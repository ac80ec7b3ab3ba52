#include "text/address.hpp"

#include <arpa/inet.h>

#include <array>

namespace dontgoback::text {

bool is_v4(const std::string& text) {
  in_addr address;
  return text.find('\0') == text.npos && ::inet_pton(AF_INET, text.c_str(), &address) == 1;
}

std::optional<std::string> shortest_v6(const std::string& text) {
  in6_addr address;
  std::array<char, INET6_ADDRSTRLEN> shortest{};
  if (text.find('\0') != text.npos || ::inet_pton(AF_INET6, text.c_str(), &address) != 1) return std::nullopt;
  return ::inet_ntop(AF_INET6, &address, shortest.data(), shortest.size());
}

}  // namespace dontgoback::text
