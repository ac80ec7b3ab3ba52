#include "clock/recorded_trust.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <fstream>

#include "clock/migrations.hpp"
#include "support/databases.hpp"
#include "support/set_clock.hpp"

namespace dontgoback::clock {
namespace {

using namespace std::chrono_literals;
using time::Timestamp;

constexpr auto kAge = 24h * 14;

/// One process on the database, from its start on.
struct Process {
  Process(storage::Database& database, const time::Clock& clock, const std::filesystem::path& file)
      : watch(clock, {false, file}), trust(watch, database) {
    trust.look();
  }
  Watch watch;
  RecordedTrust trust;
};

struct World {
  explicit World(storage::Database& given) : database(given) {}

  Process start() { return Process(database, clock, file); }
  std::int64_t rows() const {
    return std::get<0>(*database.read([](storage::Connection& connection) {
      return connection.one<std::int64_t>("SELECT COUNT(*) FROM unconfirmed_spans");
    }));
  }
  /// As a time server's client, which has just set the clock.
  static void touch(const std::filesystem::path& path, Timestamp now) {
    std::ofstream{path};
    const auto milliseconds = now.time_since_epoch().count();
    const timespec at[2]{
        {0, UTIME_OMIT},
        {static_cast<time_t>(milliseconds / 1000), static_cast<long>(milliseconds % 1000) * 1'000'000}};
    REQUIRE(::utimensat(AT_FDCWD, path.c_str(), at, 0) == 0);
  }
  void synchronize() { touch(file, clock.now()); }
  /// Goes on by `span` with looks as the job makes them.
  void run(Process& process, std::chrono::milliseconds span) {
    for (; span > 0s; span -= 1min) {
      clock.advance(std::min<std::chrono::milliseconds>(span, 1min));
      process.trust.look();
    }
  }

  storage::Database& database;
  test::SetClock clock;
  test::TemporaryDirectory directory;
  std::filesystem::path file = directory.path() / "synchronized";
};

void on_each(const std::function<void(World&)>& body) {
  test::for_each_database(migrations(), [&](storage::Database& database) {
    World world(database);
    body(world);
  });
}

TEST_CASE("a confirmed clock writes nothing down") {
  on_each([](World& world) {
    world.synchronize();
    auto process = world.start();
    world.run(process, 20h);
    CHECK(world.rows() == 0);
    CHECK(process.trust.older_than(kAge, world.clock.now() - kAge));
  });
}

TEST_CASE("booted two years behind, what is written ages from when a time server has set the clock") {
  on_each([](World& world) {
    const auto right = world.clock.now();
    world.clock.jump(-24h * 730);
    auto process = world.start();
    const auto first = world.clock.now();
    world.run(process, 3h);
    const auto last = world.clock.now();
    CHECK_FALSE(process.trust.confirmed_now());
    CHECK_FALSE(process.trust.older_than(kAge, first - 24h * 365));
    CHECK(process.trust.spans_older_than(kAge).empty());

    world.clock.set(right + 3h);
    world.synchronize();
    process.trust.look();
    const auto confirmed = world.clock.now();
    REQUIRE(process.trust.confirmed_now() == confirmed);
    for (const auto written : {first, first + 1h, last}) {
      CHECK_FALSE(process.trust.older_than(kAge, written));
      CHECK_FALSE(process.trust.older_than(1ms, written));
    }
    CHECK(process.trust.older_than(kAge, first - 1h));
    CHECK(process.trust.older_than(kAge, last + 1h));
    const auto aged = process.trust.spans_older_than(kAge);
    REQUIRE(aged.size() == 2);
    CHECK(aged[0].until <= first);
    CHECK(aged[1].from > last);

    // A restart knows it, too; and time goes by.
    auto restarted = world.start();
    CHECK_FALSE(restarted.trust.older_than(kAge, last));
    world.clock.advance(kAge);
    CHECK(restarted.trust.older_than(kAge, last));
    CHECK(restarted.trust.spans_older_than(kAge).size() == 1);
  });
}

TEST_CASE("a start with a clock ahead, then the right one: nothing has aged") {
  const std::chrono::milliseconds ahead = GENERATE(24h * 15, 24h * 30, 24h * 3650);
  on_each([&](World& world) {
    const auto written = world.clock.now();
    {
      world.clock.jump(ahead);
      auto process = world.start();
      world.run(process, 20min);  // longer than a look-back of minutes would help
      CHECK_FALSE(process.trust.older_than(24h, written));
      CHECK(process.trust.spans_older_than(24h).empty());
    }
    world.clock.jump(-ahead);
    world.synchronize();
    auto process = world.start();
    CHECK_FALSE(process.trust.older_than(24h, written));
    CHECK_FALSE(process.trust.older_than(24h, written + ahead));
    world.clock.advance(24h);
    CHECK(process.trust.older_than(24h, written + ahead));
  });
}

TEST_CASE("a clock that is set while it runs is written down from before that was noticed") {
  on_each([](World& world) {
    world.synchronize();
    auto process = world.start();
    world.run(process, 1h);
    world.clock.jump(-24h * 365);
    const auto unnoticed = world.clock.now();
    world.clock.advance(10s);
    process.trust.look();
    CHECK_FALSE(process.trust.confirmed_now());
    world.clock.jump(24h * 365);
    world.synchronize();
    process.trust.look();
    REQUIRE(process.trust.confirmed_now());
    CHECK_FALSE(process.trust.older_than(1h, unnoticed));
  });
}

TEST_CASE("starting again and again writes one row, and a day of even running confirms") {
  on_each([](World& world) {
    for (int i = 0; i < 20; ++i) {
      auto process = world.start();
      world.clock.advance(2s);
    }
    CHECK(world.rows() == 1);
    auto process = world.start();
    world.run(process, 24h);
    CHECK(process.trust.confirmed_now());
    CHECK(world.rows() == 1);
  });
}

TEST_CASE("a start goes on with the row of another for a day after it, and then writes one of its own") {
  const bool too_late = GENERATE(false, true);
  on_each([&](World& world) {
    world.start();
    world.clock.advance(RecordedTrust::kAhead + 24h - (too_late ? 0ms : 1ms));
    auto process = world.start();
    CHECK(world.rows() == (too_late ? 2 : 1));
    const auto written = world.clock.now();
    world.synchronize();
    process.trust.look();
    CHECK_FALSE(process.trust.older_than(1h, written));
  });
}

TEST_CASE("a row goes 4000 days after it was confirmed, unless what its clock showed is later") {
  constexpr auto kForgotten = 24h * 4000;
  const std::chrono::milliseconds ahead = GENERATE(0h, 24h * 5000);
  on_each([&](World& world) {
    const auto confirm_unconfirmed = [&] {  // a process that is not confirmed, and then is
      auto process = world.start();
      world.synchronize();
      process.trust.look();
      std::filesystem::remove(world.file);
    };
    world.clock.jump(ahead);
    world.start();
    world.clock.jump(-ahead);
    confirm_unconfirmed();
    const auto first = world.rows();
    CHECK(first == (ahead == 0ms ? 1 : 2));
    world.clock.advance(kForgotten - 1h);
    confirm_unconfirmed();
    CHECK(world.rows() == first + 1);
    world.clock.advance(2h);
    confirm_unconfirmed();
    CHECK(world.rows() == 2 + (ahead == 0ms ? 0 : 1));
  });
}

TEST_CASE("a node learns within a minute what another has written down") {
  on_each([](World& world) {
    const auto other_file = world.directory.path() / "other";
    test::SetClock behind(world.clock.now() - 24h * 365);
    World::touch(other_file, world.clock.now());
    Process right(world.database, world.clock, other_file);
    Process wrong(world.database, behind, world.file);
    const auto written = behind.now();
    CHECK(right.trust.older_than(1h, written));  // it does not know better yet
    world.clock.advance(60s - 1ms);
    right.trust.look();
    CHECK(right.trust.older_than(1h, written));
    world.clock.advance(1ms);
    right.trust.look();
    CHECK_FALSE(right.trust.older_than(1h, written));
  });
}

TEST_CASE(
    "what a node writes that is not confirmed ages from the last look of one that is, and no row is longer after") {
  on_each([](World& world) {
    const auto other_file = world.directory.path() / "other";
    test::SetClock behind(world.clock.now() - 24h * 365);
    World::touch(other_file, world.clock.now());
    Process right(world.database, world.clock, other_file);
    Process wrong(world.database, behind, world.file);
    const auto aged = [&](Timestamp moment) {
      const auto spans = right.trust.spans_older_than(1h);
      return std::any_of(spans.begin(), spans.end(),
                         [&](const time::Span& span) { return span.from <= moment && moment < span.until; });
    };
    const auto advance = [&](std::chrono::milliseconds by) {
      for (auto* clock : {&world.clock, &behind}) clock->advance(by);
    };
    const auto first = behind.now();
    advance(4min + 30s);
    wrong.trust.look();
    advance(10s);
    CHECK_FALSE(aged(first));  // closed here, without a word to the other node
    advance(30s);
    wrong.trust.look();  // which would have made the row longer
    const auto later = behind.now();
    advance(1h - 30s - 1ms);
    CHECK_FALSE(aged(first));
    CHECK_FALSE(aged(later));
    advance(1ms);
    CHECK_FALSE(aged(later));
  });
}

TEST_CASE("of two nodes one is not confirmed: what it writes does not age for the other") {
  on_each([](World& world) {
    const auto other_file = world.directory.path() / "other";
    test::SetClock behind(world.clock.now() - 24h * 365);
    World::touch(other_file, world.clock.now());
    Process right(world.database, world.clock, other_file);
    Process wrong(world.database, behind, world.file);
    const auto written = behind.now();
    const auto protects = [&](Timestamp moment) {
      const auto aged = right.trust.spans_older_than(1h);  // reads what others have written down
      return std::none_of(aged.begin(), aged.end(),
                          [&](const time::Span& span) { return span.from <= moment && moment < span.until; });
    };
    CHECK(protects(written));
    for (int day = 0; day < 3; ++day) {
      for (auto* clock : {&world.clock, &behind}) clock->advance(5min);
      CHECK(protects(behind.now()));
      wrong.trust.look();
      right.trust.look();
    }
    CHECK(protects(behind.now()));
  });
}

}  // namespace
}  // namespace dontgoback::clock
