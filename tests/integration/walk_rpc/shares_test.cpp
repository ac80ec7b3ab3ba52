#include "shares.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <catch2/catch.hpp>
#include <optional>
#include <string>
#include <vector>

#include "networks.hpp"

namespace dontgoback::test {
namespace {

using walk::rpc::network_of;
using walk::rpc::Shares;
using walk::rpc::site_of;

TEST_CASE("shares are so many in all and of each, and who has the fewest has the next", "[walk_rpc]") {
  Shares shares(3, 2, 2, 1);
  auto first = shares.take("a"), second = shares.take("a");
  CHECK(first);
  CHECK(second);
  CHECK_FALSE(shares.take("a"));
  std::vector<std::string> order;
  std::vector<Shares::Share> granted;
  const auto wait = [&](const std::string& whose) {
    return shares.await(whose, [&, whose](Shares::Share share) {
      order.push_back(whose);
      granted.push_back(std::move(share));
    });
  };
  CHECK(wait("a"));
  CHECK(wait("b"));  // past who has all of its own
  CHECK(order == std::vector<std::string>{"b"});
  CHECK_FALSE(wait("a"));  // one of each
  CHECK(wait("c"));
  CHECK_FALSE(wait("d"));
  first.reset();
  CHECK(order == std::vector<std::string>{"b", "c"});
  second.reset();
  CHECK(order == std::vector<std::string>{"b", "c", "a"});
  CHECK_FALSE(shares.take(""));
  granted.clear();
  CHECK(shares.take(""));
}

TEST_CASE("a peer's network is the same whoever says where it is", "[walk_rpc]") {
  sockaddr_storage v4{};
  v4.ss_family = AF_INET;
  ::inet_pton(AF_INET, "192.0.2.1", &reinterpret_cast<sockaddr_in&>(v4).sin_addr);
  CHECK(network_of("ipv4:192.0.2.1:4000") == network_of(v4));
  CHECK(network_of("ipv4:192.0.2.2:4000") != network_of(v4));
  CHECK(network_of("ipv4:127.0.0.1:4000").empty());
  CHECK(network_of("ipv6:%5B::1%5D:4000").empty());
  CHECK(network_of("ipv6:%5B::ffff:192.0.2.1%5D:4000") == network_of(v4));
  CHECK(network_of("ipv6:%5B2001:db8:0:1::1%5D:4000") == network_of("ipv6:%5B2001:db8:0:1:2::%5D:5000"));
  CHECK(network_of("ipv6:%5B2001:db8:0:1::1%5D:4000") != network_of("ipv6:%5B2001:db8:0:2::1%5D:4000"));
  CHECK(site_of("ipv6:%5B2001:db8:0:1::1%5D:4000") == site_of("ipv6:%5B2001:db8:0:2::1%5D:4000"));
  CHECK(site_of("ipv6:%5B2001:db8:1:1::1%5D:4000") != site_of("ipv6:%5B2001:db8:0:1::1%5D:4000"));
  CHECK(site_of("ipv4:192.0.2.1:4000") == network_of(v4));
  CHECK_FALSE(network_of("unknown").empty());
}

}  // namespace
}  // namespace dontgoback::test
