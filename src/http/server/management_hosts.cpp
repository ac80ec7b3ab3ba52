#include "http/server/management_hosts.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "dontgoback/text/ascii.hpp"
#include "http/server/networks.hpp"
#include "http/server/target.hpp"

namespace dontgoback::http {
namespace {

std::string machine_name() {
  std::array<char, 256> name{};
  if (::gethostname(name.data(), name.size() - 1) != 0) return {};
  return name.data();
}

/// Without the dot that ends a name from the root.
std::string_view plain(std::string_view host) {
  if (host.ends_with('.')) host.remove_suffix(1);
  return host;
}

}  // namespace

ManagementHosts::ManagementHosts(const std::vector<std::string>& names) {
  for (const auto& each : names) {
    if (!is_authority(each) || host_of_authority(each) != each) {
      throw std::invalid_argument("not the name of a host, without a port: " + each);
    }
    names_.push_back(text::lower(plain(each)));
  }
  names_.push_back(text::lower(machine_name()));
}

bool ManagementHosts::answers(std::string_view authority) const {
  if (authority.empty()) return true;
  const auto host = text::lower(plain(host_of_authority(authority)));
  if (host.empty()) return false;
  return Address::parse(host).has_value() || host.find_first_of(".%") == host.npos || host.ends_with(".localhost") ||
         host.ends_with(".internal") || std::find(names_.begin(), names_.end(), host) != names_.end();
}

}  // namespace dontgoback::http
