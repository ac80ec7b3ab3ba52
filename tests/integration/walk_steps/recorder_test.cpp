#include <catch2/catch.hpp>
#include <future>
#include <thread>

#include "recording.hpp"
#include "steps/steps.hpp"

using namespace dontgoback;
using namespace dontgoback::test;

TEST_CASE("what a device told is a day, and the last version stands") {
  Recording here(ON_EACH_DATABASE());
  const auto walker = add_walker(here.database);
  auto recorded = here.record(walker, {{.date = "2026-03-01", .total = 4000, .version = 7}});
  REQUIRE(recorded);
  CHECK(recorded->size() == 1);
  CHECK(recorded->front().total == 4000);
  CHECK(recorded->front().version == 7);
  CHECK(here.listener.times == 1);
  CHECK(here.listener.last.front().before == 0);
  CHECK(here.listener.last.front().after == 4000);
  CHECK(here.listener.last.front().is_today);
  CHECK(here.notices == std::vector<std::string>{"walk/steps " + std::to_string(walker.value)});

  SECTION("a retry and an older one change nothing, and tell nobody") {
    CHECK(here.record(walker, {{.date = "2026-03-01", .total = 4000, .version = 7}})->front().total == 4000);
    recorded = here.record(walker, {{.date = "2026-03-01", .total = 9000, .version = 6}});
    CHECK(recorded->front().total == 4000);
    CHECK(recorded->front().version == 7);
    CHECK(here.listener.times == 1);
    CHECK(here.notices.size() == 1);
  }
  SECTION("a correction downwards works") {
    CHECK(here.record(walker, {{.date = "2026-03-01", .total = 3500, .version = 8}})->front().total == 3500);
    CHECK(here.days_of(walker) == Days{{"2026-03-01", 3500}});
    CHECK(here.listener.last.front().before == 4000);
  }
  SECTION("what is taken back is not of the day") {
    REQUIRE(here.record(walker, {{.date = "2026-03-01", .device = "watch", .source = Source::watch, .total = 100}}));
    CHECK(here.recorder.take_back(walker, day("2026-03-01"), "phone")->total == 100);
    CHECK(here.recorder.take_back(walker, day("2026-03-01"), "phone").failure().kind == FailureKind::not_found);
    CHECK(here.recorder.take_back(walker, day("2026-03-02"), "phone").failure().kind == FailureKind::not_found);
    CHECK(here.record(walker, {{.date = "2026-03-01", .total = 4000, .version = 7}})->front().total == 100);
    CHECK(here.record(walker, {{.date = "2026-03-01", .total = 4000, .version = 8}})->front().total == 4000);
  }
  SECTION("when it was first this much is kept") {
    const auto first = here.clock.now();
    here.clock.set(at("2026-03-01", 13));
    REQUIRE(here.record(walker, {{.date = "2026-03-01", .device = "b", .total = 3999, .version = 8}}));
    const auto reached = [&] {
      return here.database.read([&](storage::Connection& connection) {
        return days(connection, walker, day("2026-03-01"), day("2026-03-01")).at(0).reached_at;
      });
    };
    CHECK(reached() == first);
    REQUIRE(here.record(walker, {{.date = "2026-03-01", .total = 4001, .version = 9}}));
    CHECK(reached() == here.clock.now());
  }
}

TEST_CASE("who is not there, or has not consented, has no steps") {
  Recording here(ON_EACH_DATABASE());
  const std::vector<Saying> some{{.date = "2026-03-01", .total = 1}};
  CHECK(here.record(WalkerId{99}, some).failure().kind == FailureKind::not_found);
  CHECK(here.record(add_walker(here.database, {.consents = false}), some).failure().kind == FailureKind::forbidden);
  using walk::walkers::Status;
  CHECK(here.record(add_walker(here.database, {.status = Status::suspended}), some).failure().kind ==
        FailureKind::not_found);
  CHECK(here.listener.times == 0);
  CHECK(here.notices.empty());
}

TEST_CASE("a call is taken as a whole or not at all") {
  Recording here(ON_EACH_DATABASE());
  const auto walker = add_walker(here.database);
  const Saying good{.date = "2026-03-01", .total = 10};
  const auto refused = [&](const Saying& bad, std::string_view field) {
    const auto recorded = here.record(walker, {good, bad});
    REQUIRE_FALSE(recorded);
    CHECK(recorded.failure().kind == FailureKind::invalid);
    CHECK(recorded.failure().message.en.find("`" + std::string(field) + "`") != std::string_view::npos);
  };
  refused({.date = "2026-03-01", .total = -1}, "steps");
  refused({.date = "2026-03-01", .total = kMostSteps + 1}, "steps");
  refused({.date = "2026-03-01", .device = "", .total = 1}, "device");
  refused({.date = "2026-03-01", .device = "a b", .total = 1}, "device");
  refused({.date = "2026-03-01", .device = std::string(65, 'x'), .total = 1}, "device");
  refused({.date = "2026-03-01", .source = static_cast<Source>(9), .total = 1}, "source");
  refused({.date = "2026-03-01", .hours = Hours(26, 1)}, "hours");
  refused({.date = "2026-03-01", .total = 1, .version = -1}, "version");
  refused({.date = "2026-03-01", .total = 1, .offset = 855}, "utcOffsetMinutes");
  refused({.date = "2026-03-01", .total = 1, .offset = 541}, "utcOffsetMinutes");
  refused({.date = "2026-03-03", .total = 1}, "day");  // at UTC+14 it is the second
  refused({.date = "2025-01-23", .total = 1}, "day");
  CHECK(here.days_of(walker).empty());

  std::vector<Saying> devices;
  for (int i = 0; i < 17; ++i) {
    devices.push_back({.date = "2026-03-01", .device = "d" + std::to_string(i), .total = i});
  }
  CHECK(here.record(walker, devices).failure().kind == FailureKind::invalid);
  CHECK(here.days_of(walker).empty());
  devices.pop_back();
  CHECK(here.record(walker, devices));
  CHECK(here.days_of(walker) == Days{{"2026-03-01", 15}});
  CHECK(here.record(walker, {}).failure().kind == FailureKind::invalid);
  CHECK(here.record(walker, std::vector<Saying>(501, good)).failure().kind == FailureKind::invalid);
}

TEST_CASE("while the clock is not confirmed no day is too late or too early") {
  Recording here(storage::Dialect::sqlite);
  const auto walker = add_walker(here.database);
  const Saying late{.date = "2026-05-01", .total = 10};
  CHECK_FALSE(here.record(walker, {late}));
  here.trust.confirm(false);
  here.clock.advance(std::chrono::seconds(2));
  CHECK(here.record(walker, {late}));
}

TEST_CASE("the walker's clock follows the phone it walks with, and no old update") {
  Recording here(ON_EACH_DATABASE());
  const auto walker = add_walker(here.database, {.offset_minutes = 540});
  REQUIRE(here.record(walker, {{.date = "2026-03-01", .total = 10, .version = 1, .offset = 60}}));
  CHECK(here.offset_of(walker) == 60);
  REQUIRE(here.record(walker, {{.date = "2026-01-01", .total = 10, .version = 1, .offset = -300}}));
  CHECK(here.offset_of(walker) == 60);
  REQUIRE(
      here.record(walker, {{.date = "2026-03-01", .device = "w", .source = Source::watch, .total = 900, .offset = 0}}));
  CHECK(here.offset_of(walker) == 60);
  here.clock.set(at("2026-03-01", 15));
  REQUIRE(here.record(walker, {{.date = "2026-03-01", .total = 20, .version = 2, .offset = 120}}));
  CHECK(here.offset_of(walker) == 120);
}

TEST_CASE("calls of many threads are each answered, and nothing is lost") {
  Recording here(ON_EACH_DATABASE());
  const auto one = add_walker(here.database), other = add_walker(here.database);
  std::vector<std::thread> threads;
  std::atomic<int> good{0};
  for (int thread = 0; thread < 8; ++thread) {
    threads.emplace_back([&, thread] {
      for (int i = 1; i <= 20; ++i) {
        const auto recorded = here.record(
            i % 2 ? one : other,
            {{.date = "2026-03-01", .device = "d" + std::to_string(thread), .total = 100 * thread + i, .version = i}});
        if (recorded && recorded->front().version == i) ++good;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(good == 160);
  CHECK(here.days_of(one) == Days{{"2026-03-01", 719}});
  CHECK(here.days_of(other) == Days{{"2026-03-01", 720}});
}

TEST_CASE("those that wait together are written together, and their listener is told once") {
  Recording here(storage::Dialect::sqlite);
  std::vector<WalkerId> walkers;
  for (int i = 0; i < 300; ++i) walkers.push_back(add_walker(here.database));
  std::promise<void> begun, go;
  std::thread held([&] {
    here.database.write([&](storage::Connection&) {
      begun.set_value();
      go.get_future().wait();
    });
  });
  begun.get_future().wait();
  std::atomic<int> answered{0};
  for (int round = 0; round < 3; ++round) {
    for (const auto walker : walkers) {
      here.recorder.record(walker, {Saying{.date = "2026-03-01", .total = round + 1, .version = round}.update()},
                           [&](const Result<std::vector<Recorded>>& recorded) { answered += recorded ? 1 : 0; });
    }
  }
  go.set_value();
  held.join();
  while (answered < 900) std::this_thread::yield();
  CHECK(here.listener.times <= 3);  // the first alone, then all that waited
  CHECK(here.days_of(walkers[299]) == Days{{"2026-03-01", 3}});
  CHECK(here.notices.size() <= 6);
}

TEST_CASE("a row that nobody can read fails its walker alone") {
  Recording here(storage::Dialect::sqlite);
  const auto good = add_walker(here.database), bad = add_walker(here.database);
  REQUIRE(here.record(bad, {{.date = "2026-03-01", .total = 5}}));
  here.database.write([](storage::Connection& connection) { connection.execute("UPDATE step_days SET told = 'x'"); });
  std::promise<FailureKind> failed;
  std::promise<std::int32_t> worked;
  here.database.write([&](storage::Connection&) {  // both wait for this
    here.recorder.record(bad, {Saying{.date = "2026-03-01", .total = 6}.update()},
                         [&](const auto& recorded) { failed.set_value(recorded.failure().kind); });
    here.recorder.record(good, {Saying{.date = "2026-03-01", .total = 6}.update()},
                         [&](const auto& recorded) { worked.set_value(recorded->front().total); });
  });
  CHECK(failed.get_future().get() == FailureKind::unavailable);
  CHECK(worked.get_future().get() == 6);
}

TEST_CASE("days go with their walker, or are another's with its own") {
  Recording here(ON_EACH_DATABASE());
  const auto from = add_walker(here.database), to = add_walker(here.database);
  REQUIRE(here.record(from, {{.date = "2026-02-27", .total = 50},
                             {.date = "2026-03-01", .hours = hour(3, 70)},
                             {.date = "2026-03-01", .device = "b", .hours = hour(4, 30)}}));
  REQUIRE(here.record(to, {{.date = "2026-03-01", .hours = hour(3, 90), .version = 9}}));
  const auto& subscriber = walk::steps::subscriber();
  here.database.write([&](storage::Connection& connection) { subscriber.merged(connection, from, to); });
  CHECK(here.days_of(to) == Days{{"2026-02-27", 50}, {"2026-03-01", 120}});
  here.database.write([&](storage::Connection& connection) {
    CHECK(subscriber.removed_some(connection, from));
    subscriber.removed(connection, from);
  });
  CHECK(here.days_of(from).empty());
  CHECK(here.days_of(to).size() == 2);
}
