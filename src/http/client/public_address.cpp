#include "http/client/public_address.hpp"

#include <algorithm>

#include "http/server/networks.hpp"

namespace dontgoback::http {
namespace {

const Networks& special_v4() {
  static const Networks kNetworks({"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16",
                                   "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
                                   "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3",
                                   "168.63.129.16"});  // the last: every machine's host in Azure
  return kNetworks;
}

const Networks& global_v6() {
  static const Networks kNetworks({"2000::/3"});
  return kNetworks;
}

/// Within these: Teredo and its like, documentation, 6to4.
const Networks& special_v6() {
  static const Networks kNetworks({"2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"});
  return kNetworks;
}

}  // namespace

bool is_public(const boost::asio::ip::address& address) {
  auto bytes = Address::parse(address.is_v4() ? address.to_string() : "::").value();
  if (address.is_v6()) {
    const auto v6 = address.to_v6();  // whose zone is of no use to a stranger
    if (v6.scope_id() != 0) return false;
    std::ranges::copy(v6.to_bytes(), bytes.bytes.begin());
    if (!v6.is_v4_mapped()) return global_v6().contains(bytes) && !special_v6().contains(bytes);
  }
  return !special_v4().contains(bytes);
}

}  // namespace dontgoback::http
