#include "limits/memory_limiter.hpp"

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

TEST_CASE_METHOD(Fixture, "a wall clock that is set changes nothing") {
  CHECK(taken_at_once(kOne, "a") == 1);
  limiter.add(kFailures, "a");
  for (const auto by : std::initializer_list<std::chrono::milliseconds>{-1h, 24h * 365, -24h * 365 * 10}) {
    clock.jump(by);
    CHECK(limiter.take(kOne, "a", 1).wait == 1h);
    CHECK(events("a") == 1);
  }
}

TEST_CASE_METHOD(Fixture, "when there is no space, the key used longest ago goes, and no other") {
  const auto key = [](std::size_t i) { return "k" + std::to_string(i); };
  for (std::size_t i = 0; i < MemoryLimiter::kMostKeys; ++i) limiter.take(kTwenty, key(i), 20);
  limiter.take(kOne, "other class", 1);
  clock.advance(3min);
  CHECK_FALSE(limiter.take(kTwenty, key(0), 1).is_refused());  // used again
  limiter.take(kTwenty, "one more", 20);
  CHECK(limiter.take(kTwenty, key(0), 20).is_refused());
  CHECK(limiter.take(kTwenty, key(2), 20).is_refused());
  CHECK(limiter.take(kTwenty, key(MemoryLimiter::kMostKeys - 1), 20).is_refused());
  CHECK(limiter.take(kOne, "other class", 1).is_refused());
  CHECK_FALSE(limiter.take(kTwenty, key(1), 20).is_refused());  // forgotten
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
