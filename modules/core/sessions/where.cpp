#include "where.hpp"

#include <algorithm>

#include "dontgoback/http/device.hpp"
#include "dontgoback/limits/address_group.hpp"

namespace dontgoback::core::sessions {
namespace {

bool is_v4(std::string_view address) {
  return std::ranges::count(address, '.') == 3 && address.find_first_not_of("0123456789.") == std::string_view::npos;
}

}  // namespace

std::string shortened(std::string_view address) {
  constexpr unsigned kSitePrefix = 48;
  auto group = limits::address_group(address, kSitePrefix);
  if (is_v4(group)) {
    group.resize(group.rfind('.') + 1);
    return group + "0/24";
  }
  return group.find('/') != std::string::npos && group != address ? group : "";
}

Where where_of(const http::Request& request) {
  return {http::device_of(request.header("User-Agent")), shortened(request.client_address), request.language, nullptr};
}

}  // namespace dontgoback::core::sessions
