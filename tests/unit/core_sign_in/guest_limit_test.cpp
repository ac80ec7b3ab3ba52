#include "core/sign_in/guest_limit.hpp"

#include <catch2/catch.hpp>

using namespace dontgoback;
using namespace dontgoback::core::sign_in;
using namespace std::chrono_literals;

namespace {

constexpr GuestLimit::Moment kNow{std::chrono::hours(500)};

int taken_at_once(GuestLimit& limit, std::string_view address, GuestLimit::Moment now) {
  int taken = 0;
  while (!limit.take(address, now)) ++taken;
  return taken;
}

}  // namespace

TEST_CASE("An address has its share an hour, and gets it back little by little") {
  GuestLimit limit(20);
  CHECK(taken_at_once(limit, "192.0.2.1", kNow) == 20);
  CHECK(limit.take("192.0.2.1", kNow) == 180s);
  CHECK(limit.take("192.0.2.1", kNow + 179'500ms) == 1s);
  CHECK(taken_at_once(limit, "192.0.2.1", kNow + 180s) == 1);
  CHECK(taken_at_once(limit, "192.0.2.1", kNow + 30min) == 9);
  CHECK(taken_at_once(limit, "192.0.2.1", kNow + 3h) == 20);
}

TEST_CASE("Addresses do not share, but those of one household do") {
  GuestLimit limit(1);
  CHECK_FALSE(limit.take("192.0.2.1", kNow));
  CHECK_FALSE(limit.take("192.0.2.2", kNow));
  CHECK_FALSE(limit.take("2001:db8:0:1::1", kNow));
  CHECK(limit.take("2001:db8:0:1:ffff::2", kNow));
  CHECK_FALSE(limit.take("2001:db8:0:2::1", kNow));
}

TEST_CASE("More addresses than are kept forget some, not all") {
  GuestLimit limit(1);
  for (std::size_t i = 0; i < GuestLimit::kMaxAddresses + 100; ++i) limit.take("a" + std::to_string(i), kNow);
  std::size_t remembered = 0;
  for (std::size_t i = 0; i < 1000; ++i) {
    if (limit.take("a" + std::to_string(i), kNow)) ++remembered;
  }
  CHECK(remembered > 500);
}
