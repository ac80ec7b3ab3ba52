#include "auth/token_source/token_keeper.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <thread>
#include <vector>

#include "dontgoback/security/jose/algorithm.hpp"
#include "dontgoback/security/jose/signing_key.hpp"
#include "support/set_clock.hpp"

namespace dontgoback::auth {
namespace {

using std::chrono::seconds;

constexpr Failure kAway{FailureKind::unavailable, {"", "away"}};

/// A server whose clock is an hour ahead of ours.
struct Fixture {
  const security::SigningKey key = security::SigningKey::generate(security::Algorithm::es256);
  test::SetClock clock;
  int asked = 0;
  bool away = false;
  int lifetime = 300;
  TokenKeeper cache{[this] { return fetch(); }, clock};

  Result<std::string> fetch() {
    ++asked;
    if (away) return kAway;
    const auto iat = clock.now().time_since_epoch().count() / 1000 + 3600;
    return token("{\"n\":" + std::to_string(asked) + ",\"iat\":" + std::to_string(iat) +
                 ",\"exp\":" + std::to_string(iat + lifetime) + "}");
  }
  std::string token(const std::string& claims) const { return key.sign("at+jwt", claims); }
};

TEST_CASE_METHOD(Fixture, "a token is kept until less than a minute remains") {
  const auto first = cache.token();
  REQUIRE(first);
  clock.advance(seconds(239));
  CHECK(*cache.token() == *first);
  CHECK(asked == 1);
  clock.advance(seconds(2));
  CHECK(*cache.token() != *first);
  CHECK(asked == 2);
}

TEST_CASE_METHOD(Fixture, "a token's life is counted from the question, however late the answer is") {
  TokenKeeper slow(
      [this] {
        auto fetched = fetch();
        clock.advance(seconds(20));
        return fetched;
      },
      clock);
  const auto first = *slow.token();
  clock.advance(seconds(220));
  CHECK(*slow.token() == first);
  clock.advance(seconds(1));
  CHECK(*slow.token() != first);
  CHECK(asked == 2);
}

TEST_CASE_METHOD(Fixture, "while renewal fails, a token good for another 30 s serves, then the failure") {
  const auto first = cache.token();
  away = true;
  clock.advance(seconds(250));
  CHECK(*cache.token() == *first);
  clock.advance(seconds(30));
  CHECK(cache.token().failure().kind == FailureKind::unavailable);
  away = false;
  clock.advance(seconds(1));
  CHECK(cache.token());
}

TEST_CASE_METHOD(Fixture, "a failed renewal is not repeated within a second") {
  away = true;
  for (int i = 0; i < 10; ++i) CHECK_FALSE(cache.token());
  CHECK(asked == 1);
  clock.advance(seconds(1));
  CHECK_FALSE(cache.token());
  CHECK(asked == 2);
}

TEST_CASE_METHOD(Fixture, "a clock that is set ends no token and hurries no try") {
  const auto first = *cache.token();
  for (const auto by : {std::chrono::hours(24 * 365), std::chrono::hours(-24 * 730)}) {
    clock.jump(by);
    CHECK(*cache.token() == first);
  }
  clock.advance(seconds(241));
  away = true;
  CHECK(cache.token());
  REQUIRE(asked == 2);
  clock.jump(std::chrono::hours(1));
  CHECK(cache.token());
  CHECK(asked == 2);
}

TEST_CASE_METHOD(Fixture, "a refused token is forgotten, unless it is another's") {
  const auto first = *cache.token();
  cache.forget("something else");
  CHECK(*cache.token() == first);
  cache.forget(first);
  const auto second = *cache.token();
  CHECK(second != first);
  cache.forget(first);
  CHECK(*cache.token() == second);
  CHECK(asked == 2);
}

TEST_CASE_METHOD(Fixture, "a token that lives for less than a minute is still given") {
  lifetime = 20;
  CHECK(cache.token());
  CHECK(cache.token());
  CHECK(asked == 2);
}

TEST_CASE_METHOD(Fixture, "what is no token is a failure") {
  TokenKeeper broken([] { return Result<std::string>(std::string("<html>")); }, clock);
  CHECK(broken.token().failure().kind == FailureKind::unavailable);
}

TEST_CASE_METHOD(Fixture, "an exception of one caller's renewal does not lock out the next") {
  bool broken = true;
  TokenKeeper sometimes(
      [&]() -> Result<std::string> {
        if (broken) throw std::runtime_error("broken");
        return fetch();
      },
      clock);
  CHECK_THROWS_AS(sometimes.token(), std::runtime_error);
  broken = false;
  CHECK(sometimes.token());
}

TEST_CASE_METHOD(Fixture, "sixteen callers make one renewal") {
  std::atomic<int> waiting{0};
  TokenKeeper shared(
      [&] {
        while (waiting < 16) std::this_thread::yield();
        return fetch();
      },
      clock);
  std::vector<std::thread> callers;
  std::atomic<int> given{0};
  for (int i = 0; i < 16; ++i) {
    callers.emplace_back([&] {
      ++waiting;
      if (shared.token()) ++given;
    });
  }
  for (auto& caller : callers) caller.join();
  CHECK(given == 16);
  CHECK(asked == 1);
}

TEST_CASE_METHOD(Fixture, "a lifetime is what the token itself says") {
  const auto now = clock.now();
  const auto in_a_minute = std::to_string(now.time_since_epoch().count() / 1000 + 60);
  CHECK(lifetime_of(token(R"({"iat":100,"exp":400})"), now) == seconds(300));
  CHECK(lifetime_of(token("{\"exp\":" + in_a_minute + "}"), now) == seconds(60));
  CHECK_FALSE(lifetime_of(token(R"({"iat":100})"), now));
  CHECK_FALSE(lifetime_of(token(R"({"iat":100,"exp":99})"), now));
  CHECK_FALSE(lifetime_of(token(R"({"iat":-9223372036854775808,"exp":9223372036854775807})"), now));
  CHECK_FALSE(lifetime_of(token(R"({"exp":"soon"})"), now));
  CHECK_FALSE(lifetime_of("", now));
}

}  // namespace
}  // namespace dontgoback::auth
