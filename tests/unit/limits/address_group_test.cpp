#include "dontgoback/limits/address_group.hpp"

#include <catch2/catch.hpp>

using dontgoback::limits::address_group;

TEST_CASE("IPv4 is itself, however it is written") {
  CHECK(address_group("192.0.2.1") == "192.0.2.1");
  CHECK(address_group("::ffff:192.0.2.1") == "192.0.2.1");
  CHECK(address_group("::ffff:192.0.2.1", 48) == "192.0.2.1");
}

TEST_CASE("IPv6 is its network") {
  CHECK(address_group("2001:db8:1:2::1") == "2001:db8:1:2::/64");
  CHECK(address_group("2001:db8:1:2:ffff:ffff:ffff:ffff") == "2001:db8:1:2::/64");
  CHECK(address_group("2001:0DB8:1:3::1") == "2001:db8:1:3::/64");
  CHECK(address_group("2001:db8:1:3::1", 48) == "2001:db8:1::/48");
  CHECK(address_group("2001:db8:ffff:3::1", 33) == "2001:db8:8000::/33");
  CHECK(address_group("::1") == "::/64");
}

TEST_CASE("what is no address is a group of its own") {
  for (const auto* text : {"", "unix", "1.2.3", "::g", "fe80::1%eth0"}) CHECK(address_group(text) == text);
}
