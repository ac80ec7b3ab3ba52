#include "auth/clients/failure_limit.hpp"

#include <catch2/catch.hpp>
#include <thread>

#include "limits/memory_limiter.hpp"
#include "support/set_clock.hpp"

namespace dontgoback::auth {
namespace {

using namespace std::chrono_literals;

struct Fixture {
  test::SetClock clock;
  limits::MemoryLimiter limiter{clock};
  FailureLimit limit{limiter};

  void fail(int times, std::string_view client = "core", std::string_view address = "10.0.0.1") {
    for (int i = 0; i < times; ++i) limit.failed({client, true}, address);
  }
  std::optional<std::chrono::seconds> wait_for(std::string_view client, std::string_view address) {
    return limit.wait_for({client, true}, address);
  }
  bool is_judged(std::string_view client, std::string_view address) { return limit.is_judged({client, true}, address); }
};

TEST_CASE_METHOD(Fixture, "a few failures are free, then each doubles the wait up to a minute") {
  fail(FailureLimit::kFreeForClientAtAddress - 1);
  CHECK_FALSE(wait_for("core", "10.0.0.1"));
  for (const auto expected : {1s, 2s, 4s, 8s, 16s, 32s, 60s, 60s}) {
    fail(1);
    CHECK(wait_for("core", "10.0.0.1") == expected);
    clock.advance(expected);
    CHECK_FALSE(wait_for("core", "10.0.0.1"));
  }
}

TEST_CASE_METHOD(Fixture, "failures elsewhere do not lock out a client where it has authenticated") {
  limit.succeeded("core", "10.0.0.2");
  for (int i = 0; i < 200; ++i) fail(1, "core", "10.1.0." + std::to_string(i));
  CHECK_FALSE(wait_for("core", "10.0.0.2"));
  CHECK_FALSE(wait_for("core", "10.9.9.9"));  // it may come from a new place with good credentials,
  fail(1, "core", "10.9.9.9");
  CHECK(wait_for("core", "10.9.9.9"));  // but guessing there waits from the first failure on
  fail(1, "core", "10.0.0.2");
  CHECK_FALSE(wait_for("core", "10.0.0.2"));
  CHECK_FALSE(wait_for("other", "10.9.9.9"));
}

TEST_CASE_METHOD(Fixture, "where a client has authenticated is known for a year") {
  limit.succeeded("core", "10.0.0.2");
  const auto attacked = [this] {
    for (int i = 0; i < 200; ++i) fail(1, "core", "10.1.0." + std::to_string(i));
    fail(1, "core", "10.0.0.2");
    return wait_for("core", "10.0.0.2").has_value();
  };
  clock.advance(24h * 365);
  CHECK_FALSE(attacked());
  clock.advance(1h);
  CHECK(attacked());
}

TEST_CASE_METHOD(Fixture, "whoever fails for many clients is slowed down for all, but for those that are known there") {
  limit.succeeded("neighbour", "10.0.0.1");
  for (int i = 0; i < FailureLimit::kFreeForAddress; ++i) fail(1, "guess-" + std::to_string(i));
  CHECK(wait_for("guess-0", "10.0.0.1"));
  CHECK_FALSE(wait_for("another", "10.0.0.1"));  // it has not failed: one that starts now is let through
  fail(1, "another", "10.0.0.1");
  CHECK(wait_for("another", "10.0.0.1"));
  fail(1, "neighbour", "10.0.0.1");
  CHECK_FALSE(wait_for("neighbour", "10.0.0.1"));
  CHECK_FALSE(wait_for("another", "10.0.0.3"));
}

TEST_CASE_METHOD(Fixture, "where a client is known it is judged while others make it wait, often and not endlessly") {
  const std::string_view known = GENERATE("10.0.0.2", "2001:db8:1:2::1"),
                         beside = known[2] == '.' ? known : "2001:db8:1:2::9";
  fail(FailureLimit::kFreeForClientAtAddress + 6, "core", known);
  CHECK(wait_for("core", known) == FailureLimit::kLongestWait);
  CHECK_FALSE(is_judged("core", known));  // nobody has proved anything there
  limit.succeeded("core", known);
  fail(FailureLimit::kFreeForClientAtAddress + 6, "core", beside);
  CHECK(wait_for("core", known) == FailureLimit::kLongestWait);
  for (int i = 0; i < FailureLimit::kJudgedWhereKnown; ++i) REQUIRE(is_judged("core", i % 2 == 0 ? known : beside));
  CHECK_FALSE(is_judged("core", known));
  clock.advance(std::chrono::milliseconds(FailureLimit::kJudgedAgainAfter) / FailureLimit::kJudgedWhereKnown);
  CHECK(is_judged("core", known));
  CHECK_FALSE(is_judged("core", known));
  CHECK_FALSE(is_judged("neighbour", known));
  CHECK_FALSE(is_judged("core", "10.0.0.3"));
  CHECK_FALSE(limit.is_judged({"core", false}, known));  // the client was removed
}

TEST_CASE_METHOD(Fixture, "however many ids somebody makes up, no client's counts are forgotten for them") {
  limit.succeeded("core", "10.0.0.2");
  fail(FailureLimit::kFreeForClientAtAddress + 6);
  for (std::size_t i = 0; i < limits::MemoryLimiter::kMostKeys + 100; ++i) {
    limit.failed({"made-up-" + std::to_string(i), false}, "10.0.0.2");
  }
  CHECK(wait_for("core", "10.0.0.1") == FailureLimit::kLongestWait);
  CHECK_FALSE(wait_for("core", "10.0.0.2"));
  fail(1, "core", "10.0.0.2");
  CHECK_FALSE(wait_for("core", "10.0.0.2"));  // it is known there still
}

TEST_CASE_METHOD(Fixture, "an id that nobody has is limited as one is that somebody has") {
  for (const bool registered : {true, false}) {
    const Claimant claimant{registered ? "client" : "nobody", registered};
    const std::string address = registered ? "10.0.0.8" : "10.0.0.9";
    for (int i = 0; i < FailureLimit::kFreeForClientAtAddress; ++i) {
      CHECK_FALSE(limit.wait_for(claimant, address));
      limit.failed(claimant, address);
    }
    CHECK(limit.wait_for(claimant, address) == 1s);
  }
}

TEST_CASE_METHOD(Fixture, "a success forgives the failures there") {
  fail(FailureLimit::kFreeForClientAtAddress + 3);
  clock.advance(60s);
  limit.succeeded("core", "10.0.0.1");
  fail(1);
  CHECK_FALSE(wait_for("core", "10.0.0.1"));
}

TEST_CASE_METHOD(Fixture, "what has not failed for ten minutes begins anew") {
  fail(FailureLimit::kFreeForClientAtAddress + 3);
  clock.advance(FailureLimit::kForgottenAfter);
  fail(1);
  CHECK(wait_for("core", "10.0.0.1"));  // just before that it counts on
  clock.advance(FailureLimit::kForgottenAfter + 1ms);
  fail(1);
  CHECK_FALSE(wait_for("core", "10.0.0.1"));
}

TEST_CASE_METHOD(Fixture, "a failure that is forgotten does not expose a client to the failures of others") {
  fail(1, "core", "10.0.0.1");
  clock.advance(FailureLimit::kForgottenAfter + 1s);
  for (int i = 0; i < FailureLimit::kFreeForClient; ++i) fail(1, "core", "10.1.0." + std::to_string(i));
  for (int i = 0; i < FailureLimit::kFreeForAddress; ++i) fail(1, "guess-" + std::to_string(i), "10.0.0.1");
  CHECK_FALSE(wait_for("core", "10.0.0.1"));
}

TEST_CASE_METHOD(Fixture, "one household's IPv6 addresses count as one") {
  fail(FailureLimit::kFreeForClientAtAddress, "core", "2001:db8:1:2::1");
  CHECK(wait_for("core", "2001:db8:1:2:ffff::9"));
  CHECK_FALSE(wait_for("core", "2001:db8:1:3::1"));
}

TEST_CASE_METHOD(Fixture, "a clock that is set lengthens nothing, shortens nothing and forgets nothing") {
  fail(FailureLimit::kFreeForClientAtAddress);
  const auto wait = wait_for("core", "10.0.0.1");
  REQUIRE(wait);
  for (const auto by : std::initializer_list<std::chrono::milliseconds>{-1h, 24h * 365, -24h * 365 * 10}) {
    clock.jump(by);
    CHECK(wait_for("core", "10.0.0.1") == wait);
  }
  clock.advance(*wait);
  CHECK_FALSE(wait_for("core", "10.0.0.1"));
  fail(1);
  CHECK(wait_for("core", "10.0.0.1") > wait);  // it counts on
}

TEST_CASE_METHOD(Fixture, "however many fail, the newest is remembered and memory stays bounded") {
  for (std::size_t i = 0; i < 3 * limits::MemoryLimiter::kMostKeys; ++i) {
    clock.advance(1ms);
    fail(1, "guess",
         "10." + std::to_string(i >> 16) + '.' + std::to_string(i >> 8 & 255) + '.' + std::to_string(i & 255));
  }
  fail(FailureLimit::kFreeForClientAtAddress, "core", "10.200.0.1");
  CHECK(wait_for("core", "10.200.0.1"));
}

TEST_CASE_METHOD(Fixture, "many threads at once") {
  std::vector<std::jthread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([this, t] {
      const auto address = "10.0.1." + std::to_string(t);
      for (int i = 0; i < 500; ++i) {
        fail(1, "core", address);
        wait_for("core", address);
        if (i % 50 == 0) limit.succeeded("core", address);
      }
    });
  }
  threads.clear();
  CHECK(wait_for("core", "10.0.1.0"));
}

}  // namespace
}  // namespace dontgoback::auth
