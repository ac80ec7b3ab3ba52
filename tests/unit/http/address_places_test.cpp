#include "http/server/address_places.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

using namespace dontgoback::http;

namespace {

using Place = AddressPlaces::Place;

/// The i-th network of 64 bits of that site of 48.
std::string address(int site, int network) {
  return "2001:db8:" + std::to_string(site) + ":" + std::to_string(network) + "::1";
}

}  // namespace

TEST_CASE("An address has as many places as it may, and one more is over") {
  AddressPlaces places(3);
  const auto name = GENERATE(std::string("192.0.2.1"), address(1, 1));
  std::vector<Place> taken;
  for (int i = 0; i < 3; ++i) {
    taken.push_back(places.take(name));
    CAPTURE(i);
    CHECK_FALSE(taken.back().is_over());
  }
  CHECK(places.take(name).is_over());
  CHECK(places.take(name).is_over());  // the one before has gone
  taken.pop_back();
  CHECK_FALSE(places.take(name).is_over());
}

TEST_CASE("Addresses of a /64 share, those of IPv4 do not") {
  AddressPlaces places(1);
  const auto first = places.take("2001:db8:1:1::1");
  const auto second = places.take("2001:db8:1:1:ffff::2");
  CHECK(second.is_over());
  CHECK(second.is_of(first));
  const auto v4 = places.take("192.0.2.1");
  const auto beside = places.take("192.0.2.2");
  CHECK_FALSE(beside.is_over());
  CHECK_FALSE(beside.is_of(v4));
}

TEST_CASE("The networks of a /48 have twice as many as one, together") {
  AddressPlaces places(3);
  std::vector<Place> taken;
  for (int network = 0; network < 6; ++network) {
    taken.push_back(places.take(address(1, network)));
    CAPTURE(network);
    CHECK_FALSE(taken.back().is_over());
  }
  auto seventh = places.take(address(1, 6));
  CHECK(seventh.is_over());
  CHECK(seventh.is_of(taken.front()));  // whose place it could have
  const auto elsewhere = places.take(address(2, 0));
  CHECK_FALSE(elsewhere.is_over());
  CHECK_FALSE(elsewhere.is_of(taken.front()));

  // Who was over counts while it is there, like the others.
  seventh = {};
  taken.pop_back();
  CHECK_FALSE(places.take(address(1, 6)).is_over());
}

TEST_CASE("A site is let go of with its connections, whatever its networks were") {
  AddressPlaces places(2);
  for (int round = 0; round < 10; ++round) {
    CAPTURE(round);
    const auto one = places.take(address(1, round));
    const auto two = places.take(address(1, round));
    CHECK_FALSE(one.is_over());
    CHECK_FALSE(two.is_over());
  }
}

TEST_CASE("A place goes where it is moved to, counted once") {
  AddressPlaces places(1);
  auto held = places.take("192.0.2.1");
  Place moved = std::move(held);
  auto over = places.take("192.0.2.1");
  CHECK(over.is_over());
  Place kept;
  kept = std::move(over);
  CHECK(kept.is_over());
  CHECK(kept.is_of(moved));
  kept = {};
  moved = {};
  CHECK_FALSE(places.take("192.0.2.1").is_over());
  CHECK_FALSE(Place().is_over());
  CHECK_FALSE(Place().is_of(Place()));
}
