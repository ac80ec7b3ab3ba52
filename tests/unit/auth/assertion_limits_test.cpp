#include <catch2/catch.hpp>

#include "authentication/assertion.hpp"
#include "support/set_clock.hpp"

using namespace dontgoback;
using namespace dontgoback::auth;
using namespace std::chrono_literals;
using How = AuthenticationFailure::How;

namespace {

constexpr auto kLeeway = 60s;

/// A server that has run for hours, and a client's assertions with times that are relative to now.
struct Fixture {
  Fixture() {
    clock.advance(3h);
    client.id = "core";
    other.id = "other";
  }
  AssertionClaims claims(std::chrono::seconds expires, std::optional<std::chrono::seconds> issued,
                         std::optional<std::chrono::seconds> not_before = {}) {
    const auto now = std::chrono::floor<std::chrono::seconds>(clock.now());
    AssertionClaims made{"core", "core", "jti " + std::to_string(++made_), {"here"}, now + expires, {}, {}};
    if (issued) made.issued_at = now + *issued;
    if (not_before) made.not_before = now + *not_before;
    return made;
  }
  std::optional<How> taken(const AssertionClaims& given) {
    const auto failure = verifier.take(given.subject == "core" ? client : other, given);
    return failure ? std::optional(failure->how) : std::nullopt;
  }

  test::SetClock clock;
  ReplayMemory memory{clock};
  AssertionVerifier verifier{{"here"}, kLeeway, memory, clock};
  Client client, other;

 private:
  int made_ = 0;
};

}  // namespace

TEST_CASE_METHOD(Fixture, "An assertion is taken to the last second of each of its times, and no second longer") {
  CHECK(taken(claims(-kLeeway + 1s, -2min)) == std::nullopt);
  CHECK(taken(claims(-kLeeway, -2min)) == How::expired);
  CHECK(taken(claims(60min + kLeeway, 0s)) == std::nullopt);
  CHECK(taken(claims(60min + kLeeway + 1s, 0s)) == How::expires_late);
  CHECK(taken(claims(1min, -10min - kLeeway + 1s)) == std::nullopt);
  CHECK(taken(claims(1min, -10min - kLeeway)) == How::issued_early);
  CHECK(taken(claims(5min, kLeeway)) == std::nullopt);
  CHECK(taken(claims(5min, kLeeway + 1s)) == How::issued_ahead);
  CHECK(taken(claims(5min, 0s, kLeeway)) == std::nullopt);
  CHECK(taken(claims(5min, 0s, kLeeway + 1s)) == How::valid_ahead);
  CHECK(taken(claims(10min + kLeeway, std::nullopt)) == std::nullopt);
  CHECK(taken(claims(10min + kLeeway + 1s, std::nullopt)) == How::expires_late_undated);
}

TEST_CASE_METHOD(Fixture, "What was used is known for as long as it would be taken, with what clocks may differ") {
  const auto soon = claims(5min, 0s);
  const auto late = claims(30min, 0s);  // good for its age alone
  REQUIRE_FALSE(taken(soon));
  REQUIRE_FALSE(taken(late));
  clock.advance(5min + kLeeway - 1s);
  CHECK(taken(soon) == How::used_before);
  clock.advance(1s);
  CHECK(taken(soon) == How::expired);
  clock.advance(5min - 1s);
  CHECK(taken(late) == How::used_before);
  clock.advance(1s);
  CHECK(taken(late) == How::issued_early);
}

TEST_CASE_METHOD(Fixture, "One that was used takes no other of its times with it") {
  const auto lives = GENERATE(5min, 30min);
  for (int second = 0; second < 15; ++second) {  // as what is used is forgotten a quarter of a minute at a time
    auto late = claims(lives, 0s);
    REQUIRE_FALSE(taken(late));
    clock.advance(std::min(lives, 10min) + kLeeway - 1s);
    late.jti += " again";
    CHECK(taken(late) == std::nullopt);
    clock.advance(1s);
    late.jti += " and again";
    CHECK(taken(late) == (lives < 10min ? How::expired : How::issued_early));
  }
}

TEST_CASE_METHOD(Fixture, "A client's identifiers are its own") {
  auto one = claims(5min, 0s);
  auto two = one;
  two.issuer = two.subject = "other";
  CHECK_FALSE(taken(one));
  CHECK_FALSE(taken(two));
  CHECK(taken(one) == How::used_before);
  CHECK(taken(two) == How::used_before);
}
