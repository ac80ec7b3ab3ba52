#include "jobs/scheduler.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <optional>
#include <thread>
#include <vector>

#include "captured_stderr.hpp"
#include "jobs/migrations.hpp"
#include "signals.hpp"
#include "support/databases.hpp"
#include "support/set_clock.hpp"
#include "support/set_trust.hpp"

namespace dontgoback::jobs {
namespace {

using namespace std::chrono_literals;
using test::CapturedStderr;
using test::Events;
using test::eventually;
using test::SetClock;

const time::Zone kSeoul{"Asia/Seoul"};
const Schedule kAtThree{3h, {}};

time::Timestamp in_seoul(std::string_view day, std::chrono::minutes time) {
  return kSeoul.at(time::parse_day(day).value(), time);
}

void on_each(const std::function<void(storage::Database&)>& body) { test::for_each_database(migrations(), body); }

/// A node's scheduler with one job, whose runs are seen.
struct Node {
  Node(storage::Database& database, const time::Clock& time, std::function<std::string(const Run&)> work,
       Schedule schedule = kAtThree, bool once_for_all_nodes = true, bool needs_confirmed_clock = false)
      : clock(time), scheduler(database, time, trust, kSeoul, "node") {
    scheduler.add({"tidy", schedule, once_for_all_nodes,
                   [this, work = std::move(work)](const Run& run) {
                     {
                       const std::lock_guard lock(mutex);
                       began.push_back(clock.now());
                     }
                     auto result = work(run);
                     runs.add();
                     return result;
                   },
                   needs_confirmed_clock});
  }
  JobState state() { return scheduler.states().front(); }
  std::vector<time::Timestamp> times() {
    const std::lock_guard lock(mutex);
    return began;
  }

  const time::Clock& clock;
  test::SetTrust trust{clock};
  std::mutex mutex;
  std::vector<time::Timestamp> began;
  Events runs;
  JobScheduler scheduler;
};

std::string done(const Run&) { return "done"; }

TEST_CASE("a daily job runs at its time, day after day") {
  on_each([](storage::Database& database) {
    SetClock clock(in_seoul("2026-01-30", 12h));
    Node node(database, clock, done);
    CHECK(node.state().next == in_seoul("2026-01-31", 3h));
    node.scheduler.start();
    for (const char* day : {"2026-01-31", "2026-02-01", "2026-02-02"}) {
      const int before = node.runs.count();
      clock.set(in_seoul(day, 2h + 59min));
      node.scheduler.wake();
      clock.set(in_seoul(day, 3h));
      node.scheduler.wake();
      node.runs.await(before + 1);
      EVENTUALLY(node.state().last_finished == clock.now());
      CHECK(node.state().next == clock.now() + 24h);
      CHECK(node.state().last_result == "done");
    }
    node.scheduler.stop();
    CHECK(node.times() ==
          std::vector{in_seoul("2026-01-31", 3h), in_seoul("2026-02-01", 3h), in_seoul("2026-02-02", 3h)});
  });
}

TEST_CASE("days missed while no node was up are made good by one run at start") {
  on_each([](storage::Database& database) {
    SetClock clock(in_seoul("2026-01-30", 12h));
    CHECK(Node(database, clock, done).state().next == in_seoul("2026-01-31", 3h));
    clock.set(in_seoul("2026-02-03", 12h));
    Node node(database, clock, done);
    node.scheduler.start();
    node.runs.await(1);
    EVENTUALLY(node.state().last_finished.has_value());
    CHECK(node.state().next == in_seoul("2026-02-04", 3h));
    node.scheduler.stop();
    CHECK(node.runs.count() == 1);
  });
}

TEST_CASE("a clock that was wrong at a start holds no later day up") {
  const std::string wrong = GENERATE("2019-01-01", "2026-03-02", "2031-01-01");
  on_each([&](storage::Database& database) {
    SetClock clock(in_seoul("2026-01-31", 12h));
    CHECK(Node(database, clock, done).state().next == in_seoul("2026-02-01", 3h));
    clock.set(in_seoul(wrong, 12h));
    {
      Node node(database, clock, done);
      node.scheduler.start();
      node.runs.await(1);
      node.scheduler.stop();
    }
    clock.set(in_seoul("2026-02-01", 4h));
    Node node(database, clock, done);
    node.scheduler.start();
    node.runs.await(1);
    EVENTUALLY(node.state().last_finished == clock.now());
    CHECK(node.state().next == in_seoul("2026-02-02", 3h));
    clock.set(in_seoul("2026-02-02", 3h));
    node.scheduler.wake();
    node.runs.await(2);
    node.scheduler.stop();
  });
}

TEST_CASE("what deletes by age waits for a confirmed clock, and says so") {
  on_each([](storage::Database& database) {
    SetClock clock(in_seoul("2026-01-31", 12h));
    Node node(database, clock, done, kAtThree, true, true);
    node.state();
    node.trust.confirm(false);
    clock.set(in_seoul("2026-02-01", 3h));
    CHECK(node.state().waits_for_clock);
    CHECK(node.scheduler.run_now("tidy").failure().kind == FailureKind::unavailable);
    node.scheduler.start();
    for (int i = 0; i < 3; ++i) node.scheduler.wake();
    CHECK(node.runs.count() == 0);
    node.trust.confirm();
    node.scheduler.wake();
    node.runs.await(1);
    CHECK_FALSE(node.state().waits_for_clock);
    node.scheduler.stop();
  });
}

TEST_CASE("looking at jobs writes nothing") {
  on_each([](storage::Database& database) {
    SetClock clock(in_seoul("2026-01-30", 12h));
    Node node(database, clock, done);
    const auto rows = [&] {
      return std::get<0>(*database.read(
          [](storage::Connection& connection) { return connection.one<std::int64_t>("SELECT COUNT(*) FROM jobs"); }));
    };
    CHECK(node.scheduler.peek().front().next == in_seoul("2026-01-31", 3h));
    CHECK(rows() == 0);
    node.state();
    CHECK(rows() == 1);
    REQUIRE(node.scheduler.run_now("tidy"));
    const auto seen = node.scheduler.peek().front();
    CHECK(seen.last_result == "done");
    CHECK(seen.once_for_all_nodes);
    CHECK(seen.next == node.state().next);
  });
}

TEST_CASE("of two nodes one runs the job") {
  on_each([](storage::Database& database) {
    SetClock clock(in_seoul("2026-01-30", 12h));
    Events began, release;
    const auto held = [&](const Run&) {
      began.add();
      release.await(1);
      return std::string("held");
    };
    Node one(database, clock, held);
    Node two(database, clock, held);
    one.state();  // known to the database before it is due
    clock.set(in_seoul("2026-01-31", 3h));
    one.scheduler.start();
    two.scheduler.start();
    began.await(1);
    one.scheduler.wake();
    two.scheduler.wake();
    CHECK(one.scheduler.run_now("tidy").failure().kind == FailureKind::conflict);
    CHECK(two.scheduler.run_now("tidy").failure().kind == FailureKind::conflict);
    CHECK(one.state().running);
    CHECK(two.state().running);
    release.add();
    EVENTUALLY(!two.state().running);
    clock.advance(11s);  // look again
    one.scheduler.wake();
    two.scheduler.wake();
    CHECK(*two.scheduler.run_now("tidy", [](const Run&) { return "by hand"; }) == "by hand");
    one.scheduler.stop();
    two.scheduler.stop();
    CHECK(began.count() == 1);
  });
}

TEST_CASE("runs by hand from many threads of two nodes never overlap") {
  on_each([](storage::Database& database) {
    SetClock clock(in_seoul("2026-01-30", 12h));
    Node one(database, clock, done);
    Node two(database, clock, done);
    std::atomic<int> inside{0}, most{0}, ran{0};
    const auto work = [&](const Run&) {
      const int now = ++inside;
      most = std::max(most.load(), now);
      std::this_thread::yield();
      --inside;
      return std::string();
    };
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
      threads.emplace_back([&, &scheduler = i % 2 == 0 ? one.scheduler : two.scheduler] {
        for (int n = 0; n < 10; ++n) {
          if (scheduler.run_now("tidy", work)) ++ran;
        }
      });
    }
    for (auto& thread : threads) thread.join();
    CHECK(most == 1);
    CHECK(ran > 0);
  });
}

TEST_CASE("a run that is not kept alive is taken over, and then keeps nothing") {
  on_each([](storage::Database& database) {
    SetClock clock(in_seoul("2026-01-30", 12h));
    Node stuck(database, clock, done);
    Node other(database, clock, done);
    Events began, release;
    std::optional<bool> kept_early, kept_late;
    std::thread run([&] {
      (void)stuck.scheduler.run_now("tidy", [&](const Run& job) {
        clock.advance(30s);
        kept_early = job.keep_alive();
        began.add();
        release.await(1);
        kept_late = job.keep_alive();
        return "stuck";
      });
    });
    began.await(1);
    clock.advance(59s);
    CHECK(other.scheduler.run_now("tidy").failure().kind == FailureKind::conflict);
    clock.advance(2s);
    CHECK(*other.scheduler.run_now("tidy") == "done");
    release.add();
    run.join();
    CHECK(kept_early == true);
    CHECK(kept_late == false);
    CHECK(other.state().last_result == "done");
  });
}

TEST_CASE("a failing job is tried again after a minute, five, an hour") {
  on_each([](storage::Database& database) {
    const auto start = in_seoul("2026-01-31", 3h);
    SetClock clock(start - 1h);
    Node node(database, clock, [](const Run&) -> std::string { throw std::runtime_error("no luck"); });
    node.state();
    clock.set(start);
    node.scheduler.start();
    auto at = start;
    for (const auto wait : {1min, 5min, 60min}) {
      EVENTUALLY(node.state().last_finished == at);
      CHECK(node.state().last_result == "failed: no luck");
      CHECK(node.state().next == at + wait);
      clock.set(at + wait - 1s);
      node.scheduler.wake();
      at += wait;
      clock.set(at);
      node.scheduler.wake();
    }
    EVENTUALLY(node.state().last_finished == at);
    node.scheduler.stop();
    CHECK(node.times() == std::vector<time::Timestamp>{start, start + 1min, start + 6min, start + 66min});
  });
}

TEST_CASE("runs by hand: unknown, thrown, and whose success counts") {
  on_each([](storage::Database& database) {
    SetClock clock(in_seoul("2026-01-30", 12h));
    Node node(database, clock, done);
    node.state();
    clock.set(in_seoul("2026-01-31", 4h));  // due, but not started
    CHECK(node.scheduler.run_now("nothing").failure().kind == FailureKind::not_found);
    CHECK_THROWS_WITH(
        node.scheduler.run_now("tidy", [](const Run&) -> std::string { throw std::logic_error("broken"); }), "broken");
    CHECK(*node.scheduler.run_now("tidy", [](const Run&) { return "another's"; }) == "another's");
    CHECK(node.state().next == in_seoul("2026-01-31", 3h));  // still due
    CHECK(*node.scheduler.run_now("tidy") == "done");
    CHECK(node.state().next == in_seoul("2026-02-01", 3h));
  });
}

TEST_CASE("a stopping node asks its runs to stop, and another makes them good") {
  on_each([](storage::Database& database) {
    SetClock clock(in_seoul("2026-01-30", 12h));
    Events began;
    {
      Node node(database, clock, [&](const Run& run) {
        began.add();
        eventually("told to stop", [&] { return run.stop.stop_requested(); });
        return std::string("half");
      });
      node.state();
      clock.set(in_seoul("2026-01-31", 3h));
      node.scheduler.start();
      began.await(1);
      node.scheduler.stop();
      CHECK(node.runs.count() == 1);
      CHECK_FALSE(node.state().running);
    }
    Node next(database, clock, done);
    next.scheduler.start();
    next.runs.await(1);
    next.scheduler.stop();
    CHECK(next.times().size() == 1);
  });
}

TEST_CASE("a job of each node's own runs on every node") {
  on_each([](storage::Database& database) {
    SetClock clock(in_seoul("2026-01-30", 12h));
    Node one(database, clock, done, {{}, 10min}, false);
    Node two(database, clock, done, {{}, 10min}, false);
    one.state();
    two.state();
    clock.advance(10min);
    one.scheduler.start();
    two.scheduler.start();
    one.runs.await(1);
    two.runs.await(1);
  });
}

TEST_CASE("what a job of every so often says again is not logged again") {
  SetClock clock(in_seoul("2026-01-30", 12h));
  const auto logged = [&](storage::Database& database, bool once_for_all_nodes, Schedule schedule) {
    std::string result = "one";
    Node node(
        database, clock, [&](const Run&) { return result; }, schedule, once_for_all_nodes);
    const CapturedStderr captured;
    for (const auto* next : {"one", "one", "two", "two", "one"}) {
      result = next;
      (void)node.scheduler.run_now("tidy");
    }
    return captured.count("a job ran");
  };
  on_each([&](storage::Database& database) {
    CHECK(logged(database, false, {{}, 10min}) == 3);
    CHECK(logged(database, true, {{}, 10min}) == 3);
  });
}

TEST_CASE("a result longer than its column is cut between characters") {
  on_each([](storage::Database& database) {
    SetClock clock(in_seoul("2026-01-30", 12h));
    std::string text = "x";
    for (int i = 0; i < 300; ++i) text += "가";
    Node node(database, clock, [&](const Run&) { return text; });
    CHECK(*node.scheduler.run_now("tidy") == text);
    CHECK(node.state().last_result == text.substr(0, 499));
  });
}

}  // namespace
}  // namespace dontgoback::jobs
