#include "limits/memory_limiter.hpp"

#include <array>
#include <atomic>
#include <catch2/catch.hpp>
#include <string>
#include <thread>
#include <vector>

#include "support/set_clock.hpp"

using namespace dontgoback;
using namespace dontgoback::limits;
using namespace std::chrono_literals;

namespace {

constexpr Rate kTwenty{"twenty", 20, 1h};
constexpr Rate kOne{"one", 1, 1h};
constexpr Tally kFailures{"failures", 10min};

struct Fixture {
  test::SetClock clock;
  MemoryLimiter limiter{clock};

  int taken_at_once(const Rate& rate, std::string_view key) {
    int taken = 0;
    while (!limiter.take(rate, key, 1).is_refused()) ++taken;
    return taken;
  }
  std::int64_t events(std::string_view key) { return limiter.count(kFailures, key)->events; }
};

}  // namespace

TEST_CASE_METHOD(Fixture, "a key has its share, and gets it back little by little") {
  CHECK(taken_at_once(kTwenty, "a") == 20);
  CHECK(limiter.take(kTwenty, "a", 1).wait == 180s);
  clock.advance(179'500ms);
  const auto nearly = limiter.take(kTwenty, "a", 1);
  CHECK(nearly.wait == 500ms);
  CHECK(nearly.retry_after() == 1s);
  clock.advance(500ms);
  CHECK(taken_at_once(kTwenty, "a") == 1);
  clock.advance(27min);
  CHECK(taken_at_once(kTwenty, "a") == 9);
  clock.advance(3h);
  CHECK(taken_at_once(kTwenty, "a") == 20);
}

TEST_CASE_METHOD(Fixture, "what costs more takes more, and a refusal takes nothing") {
  CHECK(limiter.take(kTwenty, "a", 15).kind == Verdict::Kind::allowed);
  for (int i = 0; i < 3; ++i) CHECK(limiter.take(kTwenty, "a", 6).wait == 180s);
  CHECK(limiter.take(kTwenty, "a", 5).kind == Verdict::Kind::allowed);
  CHECK(limiter.take(kTwenty, "b", 20).kind == Verdict::Kind::allowed);
}

TEST_CASE_METHOD(Fixture, "keys and classes do not share") {
  CHECK(taken_at_once(kOne, "a") == 1);
  CHECK(taken_at_once(kOne, "b") == 1);
  CHECK(taken_at_once(kTwenty, "a") == 20);
  limiter.add(kFailures, "a");
  CHECK(taken_at_once(kOne, "a") == 0);
  CHECK(events("b") == 0);
}

TEST_CASE_METHOD(Fixture, "a wait is said in whole seconds, never as none") {
  CHECK(Verdict{Verdict::Kind::refused, 1ms}.retry_after() == 1s);
  CHECK(Verdict{Verdict::Kind::refused, 1s}.retry_after() == 1s);
  CHECK(Verdict{Verdict::Kind::refused, 1001ms}.retry_after() == 2s);
  CHECK(Verdict{Verdict::Kind::refused, 0ms}.retry_after() == 1s);
}

TEST_CASE_METHOD(Fixture, "events are counted until none has come for a while") {
  CHECK(events("a") == 0);
  limiter.add(kFailures, "a");
  clock.advance(6min);
  limiter.add(kFailures, "a");
  clock.advance(10min);
  CHECK(events("a") == 2);
  CHECK(limiter.count(kFailures, "a")->since_last == 10min);
  clock.advance(1ms);
  CHECK(events("a") == 0);
  CHECK(limiter.count(kFailures, "a")->since_last == 0ms);
  limiter.add(kFailures, "a");
  CHECK(events("a") == 1);
  limiter.clear(kFailures, "a");
  CHECK(events("a") == 0);
}

TEST_CASE_METHOD(Fixture, "an event as long after the last as may be goes on with its count, a later one begins anew") {
  limiter.add(kFailures, "a");
  clock.advance(10min);
  limiter.add(kFailures, "a");
  CHECK(events("a") == 2);
  clock.advance(10min + 1ms);
  limiter.add(kFailures, "a");
  CHECK(events("a") == 1);
}

TEST_CASE_METHOD(Fixture, "a new key of a tally takes nothing from those that are counted still") {
  for (const auto* key : {"a", "b", "b"}) limiter.add(kFailures, key);
  clock.advance(10min);
  limiter.add(kFailures, "new");
  CHECK(events("a") == 1);
  CHECK(events("b") == 2);
  limiter.add(kFailures, "b");
  CHECK(events("b") == 3);
}

TEST_CASE_METHOD(Fixture, "a wall clock that is set changes nothing") {
  CHECK(taken_at_once(kOne, "a") == 1);
  limiter.add(kFailures, "a");
  for (const auto by : std::initializer_list<std::chrono::milliseconds>{-1h, 24h * 365, -24h * 365 * 10}) {
    clock.jump(by);
    CHECK(limiter.take(kOne, "a", 1).wait == 1h);
    CHECK(events("a") == 1);
  }
}

TEST_CASE_METHOD(Fixture, "of several shares all are taken, or none") {
  const std::array<Share, 3> ask{{{kOne, "mine"}, {kTwenty, "ours"}, {kTwenty, "everybody's"}}};
  const auto first = limiter.take(ask);
  CHECK(first.kind == Verdict::Kind::allowed);
  CHECK(first.left == 0);
  CHECK(first.whole == 1h);
  for (int i = 0; i < 100; ++i) {
    const auto refused = limiter.take(ask);
    CHECK(refused.is_refused());
    CHECK(refused.refusing == 0);
    CHECK(refused.wait == 1h);
  }
  CHECK(taken_at_once(kTwenty, "ours") == 19);
  const std::array<Share, 3> another{{{kOne, "another's"}, {kTwenty, "ours"}, {kTwenty, "everybody's"}}};
  CHECK(limiter.take(another).refusing == 1);
  CHECK(limiter.take(another).wait == 3min);
  CHECK(limiter.take(ask).refusing == 0);  // who waits longest
  CHECK(taken_at_once(kOne, "another's") == 1);
  CHECK(taken_at_once(kTwenty, "everybody's") == 19);
}

TEST_CASE_METHOD(Fixture, "what is left is said, and when all is back") {
  const auto take = [&](std::int64_t cost) { return limiter.take(kTwenty, "a", cost); };
  CHECK(take(1).left == 19);
  CHECK(take(1).whole == 6min);
  CHECK(take(17).left == 1);
  clock.advance(3min - 1ms);
  CHECK(take(1).left == 0);
  clock.advance(1ms);
  const auto last = take(1);
  CHECK(last.left == 0);
  CHECK(last.whole == 1h);
}

TEST_CASE_METHOD(Fixture, "a look takes nothing and sees what a take would get") {
  const std::array<Share, 2> ask{{{kOne, "a"}, {kTwenty, "b"}}};
  for (int i = 0; i < 30; ++i) CHECK(limiter.look(ask).kind == Verdict::Kind::allowed);
  limiter.take(ask);
  CHECK(limiter.look(ask).is_refused());
  CHECK(limiter.look(ask).wait == 1h);
  clock.advance(1h - 1ms);
  CHECK(limiter.look(ask).wait == 1ms);
  clock.advance(1ms);
  CHECK_FALSE(limiter.look(ask).is_refused());
  CHECK_FALSE(limiter.take(ask).is_refused());
}

TEST_CASE_METHOD(Fixture, "keys that somebody makes up lift no limit and take nobody's share") {
  const auto flood = [this](int round) {
    for (std::size_t i = 0; i < MemoryLimiter::kMostKeys; ++i) {
      CHECK_FALSE(limiter.take(kTwenty, std::to_string(round) + "made up" + std::to_string(i)).is_refused());
    }
  };
  CHECK(taken_at_once(kTwenty, "who used all") == 20);
  limiter.take(kTwenty, "who used most", 15);
  for (int round = 0; round < 4; ++round) {
    clock.advance(1s);
    flood(round);
    CHECK(limiter.take(kTwenty, "who used all").is_refused());
    CHECK(limiter.take(kTwenty, "who used most", 6).is_refused());
    CHECK_FALSE(limiter.take(kTwenty, "somebody new " + std::to_string(round)).is_refused());
  }
}

TEST_CASE_METHOD(Fixture, "a key that is known counts also where another one of its rate takes the last space") {
  for (int round = 0; round < 3; ++round) {
    const auto known = "known " + std::to_string(round);
    limiter.take(kTwenty, known, 10);
    for (std::size_t i = 0; i < 2 * MemoryLimiter::kMostKeys; ++i) {
      const auto made_up = std::to_string(round) + "made up" + std::to_string(i);
      const std::array<Share, 2> both{Share{kTwenty, known}, Share{kTwenty, made_up}};
      const bool refused = limiter.take(both).is_refused();
      if (i < 10) CHECK_FALSE(refused);
      if (i >= 10) REQUIRE(refused);
      if (refused) limiter.take(kTwenty, made_up);
    }
  }
}

TEST_CASE("no more keys are known than may be, also when all are alike") {
  Meters meters(1000);
  const Meters::Moment now{};
  for (int i = 0; i < 5000; ++i) {
    meters.add("k" + std::to_string(i), now + 1h, now);
    REQUIRE(meters.size() <= 1000);
  }
  CHECK(meters.size() >= 750);
  CHECK(meters.find("k4999"));
}

TEST_CASE("shares that are whole again are forgotten after a flood") {
  Meters meters(1000);
  Meters::Moment now{};
  for (int i = 0; i < 1000; ++i) meters.add("flood" + std::to_string(i), now + 1min, now);
  now += 1min - 1ns;
  meters.add("one more", now + 1h, now);
  CHECK(meters.size() > 700);
  now += 1ns;
  for (int i = 0; i < 3000; ++i) {
    meters.add("late" + std::to_string(i), now + 1min, now);
    now += 1s;
  }
  CHECK(meters.size() < 900);
  for (int i = 0; i < 1000; ++i) CHECK_FALSE(meters.find("flood" + std::to_string(i)));
  CHECK(meters.find("late2999"));
}

TEST_CASE("of a tally, the key used longest ago goes when there is no space, and no other") {
  RecentKeys keys(3);
  for (const auto* key : {"a", "b", "c"}) keys.put(key).events = 7;
  keys.put("a");
  keys.put("d");
  CHECK(keys.size() == 3);
  CHECK(keys.find("b") == nullptr);
  for (const auto* key : {"a", "c"}) CHECK(keys.find(key)->events == 7);
}

TEST_CASE("what is of no use any more goes after a flood") {
  RecentKeys keys(1000);
  RecentKeys::Moment now{};
  for (int i = 0; i < 1000; ++i) keys.put("flood" + std::to_string(i)).moment = now;
  now += 1h;
  for (int i = 0; i < 600; ++i) {
    keys.erase_two_before(now);
    keys.put("late" + std::to_string(i)).moment = now;
  }
  CHECK(keys.size() == 600);
  CHECK(keys.find("late0") != nullptr);
}

TEST_CASE_METHOD(Fixture, "many threads at once take what there is, once") {
  std::atomic<int> taken = 0;
  std::vector<std::jthread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 500; ++i) {
        if (!limiter.take(kTwenty, "shared", 1).is_refused()) ++taken;
        limiter.add(kFailures, std::to_string(i));
        limiter.count(kFailures, std::to_string(i + t));
        if (i % 50 == 0) limiter.clear(kFailures, std::to_string(t));
      }
    });
  }
  threads.clear();
  CHECK(taken == 20);
  CHECK(events("499") == 4);
}

TEST_CASE("what another node let through counts here, and makes nobody wait longer than a period") {
  Fixture fixture;
  auto& limiter = fixture.limiter;
  CHECK(limiter.take_elsewhere({kTwenty, "a"}, 45min));
  CHECK(fixture.taken_at_once(kTwenty, "a") == 5);
  for (int i = 0; i < 100; ++i) limiter.take_elsewhere({kTwenty, "a"}, 1h);
  CHECK(limiter.take(kTwenty, "a").wait <= 63min);
  fixture.clock.advance(63min);
  CHECK_FALSE(limiter.take(kTwenty, "a").is_refused());
  CHECK(fixture.taken_at_once(kTwenty, "b") == 20);
}

TEST_CASE("events of another node are counted, and others can make so many classes only") {
  Fixture fixture;
  auto& limiter = fixture.limiter;
  limiter.add(kFailures, "a");
  CHECK(limiter.add_elsewhere(kFailures, "a"));
  CHECK(fixture.events("a") == 2);
  std::size_t made = 0;
  for (std::size_t i = 0; i < 2 * MemoryLimiter::kMostClasses; ++i) {
    const auto name = std::to_string(i);
    made += limiter.add_elsewhere({name, 1min}, "a") && limiter.take_elsewhere({{name, 1, 1h}, "a"}, 1h) ? 1 : 0;
    limiter.clear({"not " + name, 1min}, "a");
  }
  CHECK(made == MemoryLimiter::kMostClasses - 1);
  CHECK(limiter.add_elsewhere(kFailures, "a"));
}
