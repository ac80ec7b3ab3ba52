#include "clock/watch.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <stdexcept>

#include "clock/job.hpp"
#include "clock/node_trust.hpp"
#include "support/set_clock.hpp"
#include "support/temporary_directory.hpp"

namespace dontgoback::clock {
namespace {

using namespace std::chrono_literals;
using By = Watch::By;

struct World {
  Watch watch(bool trusted = false) const { return Watch(clock, {trusted, file}); }
  /// As a time server's client does after it has set the clock.
  void touch() {
    std::ofstream{file};
    const auto at_second = std::chrono::floor<std::chrono::seconds>(clock.now()).time_since_epoch().count();
    const timespec at[2]{{0, UTIME_OMIT}, {static_cast<time_t>(at_second), ++touched}};
    REQUIRE(::utimensat(AT_FDCWD, file.c_str(), at, 0) == 0);
  }

  test::SetClock clock;
  test::TemporaryDirectory directory;
  std::filesystem::path file = directory.path() / "synchronized";
  long touched = 0;
};

TEST_CASE("a clock is confirmed by a time server, an operator, or a day without a jump") {
  World world;
  auto watch = world.watch();
  CHECK(watch.look().by == By::nothing);
  CHECK(world.watch(true).look().by == By::operator_);
  world.clock.advance(24h - 1ms);
  CHECK(watch.look().by == By::nothing);
  world.clock.advance(1ms);
  CHECK(watch.look().by == By::evenness);
  world.touch();
  CHECK(watch.look().by == By::time_server);
  CHECK(world.watch().look().by == By::time_server);
}

TEST_CASE("a clock that was set is not confirmed until a time server has looked again, or for another day") {
  const std::chrono::milliseconds by =
      GENERATE(values<std::chrono::milliseconds>({24h * 15, -24h * 730, 1h, -1h, 6s, -6s}));
  World world;
  world.touch();
  auto watch = world.watch();
  world.clock.advance(12h);
  REQUIRE(watch.look().by == By::time_server);
  CHECK_FALSE(watch.take_jump());
  world.clock.jump(by);
  CHECK(watch.look().by == By::nothing);
  CHECK(watch.take_jump() == by);
  CHECK_FALSE(watch.take_jump());
  world.clock.advance(20min);  // longer than any look-back of old
  CHECK(watch.look().by == By::nothing);
  CHECK(watch.look().settled == 20min);
  SECTION("a time server") {
    world.touch();
    CHECK(watch.look().by == By::time_server);
  }
  SECTION("a day") {
    world.clock.advance(24h - 20min);
    CHECK(watch.look().by == By::evenness);
  }
}

TEST_CASE("a time server that sets the clock confirms it at once") {
  World world;
  auto watch = world.watch();
  CHECK(watch.look().by == By::nothing);
  world.clock.jump(24h * 730);
  world.touch();
  CHECK(watch.look().by == By::time_server);
  CHECK(watch.take_jump() == 24h * 730);
}

TEST_CASE("small corrections are no jump, many of them in one direction are") {
  World world;
  auto watch = world.watch();
  for (int hour = 0; hour < 24; ++hour) {
    world.clock.advance(1h);
    world.clock.jump(hour % 2 == 0 ? 400ms : -400ms);
    watch.look();
  }
  CHECK(watch.look().by == By::evenness);
  for (int i = 0; i < 13; ++i) {
    world.clock.jump(400ms);
    watch.look();
  }
  CHECK(watch.look().by == By::nothing);
}

TEST_CASE("what was touched by another time confirms no clock, also not of a new process") {
  for (const auto by : std::initializer_list<std::chrono::milliseconds>{24h * 15, -24h * 730, -1h}) {
    World world;
    world.touch();
    CHECK(world.watch().look().by == By::time_server);
    world.clock.jump(by);
    CHECK(world.watch().look().by == By::nothing);
    world.touch();
    CHECK(world.watch().look().by == By::time_server);
  }
}

TEST_CASE("what a time server touched a day ago confirms still, and what it touched five minutes ahead already") {
  const auto by_at = [](std::chrono::milliseconds age) {
    World world;
    world.touch();
    world.clock.jump(age);
    return world.watch().look().by;
  };
  CHECK(by_at(24h) == By::time_server);
  CHECK(by_at(24h + 1ms) == By::nothing);
  CHECK(by_at(-5min) == By::time_server);
  CHECK(by_at(-5min - 1ms) == By::nothing);
}

TEST_CASE("five seconds are a correction, more is a jump; several jumps are told as one") {
  for (const int sign : {1, -1}) {
    World world;
    auto watch = world.watch();
    world.clock.advance(24h);
    world.clock.jump(sign * 5s);
    CHECK(watch.look().by == By::evenness);
    CHECK_FALSE(watch.take_jump());
    world.clock.jump(sign * 1ms);
    CHECK(watch.look().by == By::nothing);
    world.clock.jump(sign * 1h);
    CHECK(watch.look().settled == 0ms);
    CHECK(watch.take_jump() == sign * (1h + 5001ms));
    CHECK_FALSE(watch.take_jump());
  }
}

TEST_CASE("a node without a database takes what is written at its word, by a confirmed clock") {
  World world;
  auto watch = world.watch();
  NodeTrust trust(watch);
  const auto written = world.clock.now() - 1h;
  CHECK_FALSE(trust.confirmed_now());
  CHECK_FALSE(trust.older_than(1h, written));
  CHECK(trust.spans_older_than(1h).empty());
  world.touch();
  CHECK(trust.confirmed_now() == world.clock.now());
  CHECK(trust.older_than(1h, written));
  CHECK_FALSE(trust.older_than(1h, written + 1ms));
  CHECK(trust.spans_older_than(1h) == std::vector<time::Span>{{time::Timestamp::min(), written}});
}

TEST_CASE("the clock's job looks, tells who waits by the clock that it was set, and bears a database that is away") {
  World world;
  auto watch = world.watch();
  int looks = 0, sets = 0;
  bool away = false;
  const auto job = clock_job(
      watch,
      [&] {
        ++looks;
        if (away) throw std::runtime_error("it is away");
      },
      [&] { ++sets; });
  CHECK_FALSE(job.once_for_all_nodes);
  CHECK(job.work({}) == describe(By::nothing));
  CHECK(looks == 1);
  CHECK(sets == 0);
  world.clock.jump(1h);
  away = true;
  CHECK(job.work({}) == std::string(describe(By::nothing)) + "; not written down: it is away");
  CHECK(looks == 2);
  CHECK(sets == 1);
  away = false;
  world.clock.advance(24h);
  CHECK(job.work({}) == describe(By::evenness));
  CHECK(looks == 3);
  CHECK(sets == 1);
}

TEST_CASE("jumps are named for people") {
  CHECK(describe(time::Timestamp::duration(24h * 15 + 2s)) == "+15 d 00:00:02");
  CHECK(describe(time::Timestamp::duration(24h * 15 - 1ms)) == "+15 d 00:00:00");
  CHECK(describe(time::Timestamp::duration(-1h)) == "-01:00:00");
  CHECK(describe(time::Timestamp::duration(-24h * 730 - 61min - 400ms)) == "-730 d 01:01:00");
}

}  // namespace
}  // namespace dontgoback::clock
