#include <catch2/catch.hpp>
#include <filesystem>

#include "captured_stderr.hpp"
#include "dontgoback/result.hpp"
#include "jobs/migrations.hpp"
#include "jobs/outbox.hpp"
#include "jobs/scheduler.hpp"
#include "signals.hpp"
#include "support/databases.hpp"
#include "support/set_clock.hpp"
#include "support/set_trust.hpp"

// The database goes away while something is under way, and comes back.
namespace dontgoback::jobs {
namespace {

using namespace std::chrono_literals;
using test::Events;
using test::SetClock;
using Delivery = Outbox::Delivery;

/// A database whose file can be away.
struct File {
  void take_away() const { std::filesystem::rename(path, path.string() + ".away"); }
  void bring_back() const { std::filesystem::rename(path.string() + ".away", path); }

  test::FreshDatabase database{storage::Dialect::sqlite, migrations()};
  const std::filesystem::path path = database.directory() / "test.db";
  SetClock clock;
};

std::int64_t number(storage::Database& database, std::string_view sql) {
  return database.read([sql](storage::Connection& c) { return std::get<0>(c.one<std::int64_t>(sql).value()); });
}

TEST_CASE("a delivery whose end could not be noted is made again, under the same id, when its lease is over") {
  File file;
  auto& database = *file.database;
  std::vector<std::int64_t> ids;
  Events delivered;
  DatabaseOutbox outbox(database, file.clock, "node");
  outbox.on("mail", [&](std::int64_t id, std::string_view) {
    ids.push_back(id);
    if (ids.size() == 1) file.take_away();
    delivered.add();
    return Delivery::done;
  });
  database.write([&](storage::Connection& c) { outbox.add(c, "mail", "once"); });
  {
    const test::CapturedStderr said;
    outbox.start();
    EVENTUALLY(said.count("the outbox cannot be read") == 1);
  }
  file.bring_back();
  CHECK(delivered.count() == 1);
  CHECK(number(database, "SELECT COUNT(*) FROM outbox") == 1);
  CHECK(number(database, "SELECT attempts FROM outbox") == 0);
  file.clock.advance(60s - 1ms);  // who began it may still be at it
  outbox.wake();
  CHECK(delivered.count() == 1);
  file.clock.advance(1ms);
  outbox.wake();
  delivered.await(2);
  EVENTUALLY(outbox.counts().waiting == 0);
  outbox.stop();
  CHECK(ids == std::vector(2, ids.front()));
}

TEST_CASE("messages wait a second, two, … 2 048 and then an hour") {
  test::for_each_database(migrations(), [](storage::Database& database) {
    const auto [attempts, wait] = GENERATE(table<int, std::chrono::seconds>(
        {{0, 1s}, {1, 2s}, {10, 1024s}, {11, 2048s}, {12, 3600s}, {13, 3600s}, {82, 3600s}}));
    SetClock clock;
    Events tried;
    DatabaseOutbox outbox(database, clock, "node");
    outbox.on("mail", [&](std::int64_t, std::string_view) {
      tried.add();
      return Delivery::retry;
    });
    database.write([&](storage::Connection& c) {
      outbox.add(c, "mail", "later");
      c.execute("UPDATE outbox SET attempts = :attempts", attempts);
    });
    outbox.start();
    tried.await(1);
    EVENTUALLY(number(database, "SELECT attempts FROM outbox") == attempts + 1);
    outbox.stop();
    CHECK(number(database, "SELECT next_at FROM outbox") == (clock.now() + wait).time_since_epoch().count());
    CHECK(number(database, "SELECT state FROM outbox") == 0);
  });
}

TEST_CASE("the 84th try is the last") {
  test::for_each_database(migrations(), [](storage::Database& database) {
    SetClock clock;
    DatabaseOutbox outbox(database, clock, "node");
    outbox.on("mail", [&](std::int64_t, std::string_view) { return Delivery::retry; });
    database.write([&](storage::Connection& c) {
      outbox.add(c, "mail", "never");
      c.execute("UPDATE outbox SET attempts = 83");
    });
    outbox.start();
    EVENTUALLY(outbox.counts().failed == 1);
    outbox.stop();
    CHECK(number(database, "SELECT attempts FROM outbox") == 84);
  });
}

TEST_CASE("a run that ends while the database is away is noted by nobody, and made again when its lease is over") {
  File file;
  auto& database = *file.database;
  const time::Zone zone{"Asia/Seoul"};
  const test::SetTrust trust{file.clock};
  JobScheduler scheduler(database, file.clock, trust, zone, "node");
  int runs = 0;
  bool away = true;
  std::vector<bool> kept;
  scheduler.add({"tidy",
                 {{}, 10min},
                 true,
                 [&](const Run& run) {
                   ++runs;
                   if (!away) return std::string("done");
                   file.take_away();
                   for (const auto passed : {20s, 39s}) {
                     file.clock.advance(passed);
                     kept.push_back(run.keep_alive());
                   }
                   file.clock.advance(1s);
                   kept.push_back(run.keep_alive());
                   return std::string("done");
                 },
                 false});
  CHECK(scheduler.states().front().next == file.clock.now() + 10min);
  CHECK(*scheduler.run_now("tidy") == "done");
  CHECK(kept == std::vector{true, true, false});
  file.bring_back();
  auto state = scheduler.states().front();
  CHECK_FALSE(state.last_finished.has_value());
  CHECK_FALSE(state.running);  // its minute is over
  away = false;
  CHECK(*scheduler.run_now("tidy") == "done");
  CHECK(runs == 2);
  CHECK(scheduler.states().front().last_result == "done");
}

TEST_CASE("a run that failed to end holds the others up for its minute, and no longer") {
  File file;
  const time::Zone zone{"Asia/Seoul"};
  const test::SetTrust trust{file.clock};
  JobScheduler scheduler(*file.database, file.clock, trust, zone, "node");
  bool first = true;
  scheduler.add({"tidy",
                 {{}, 10min},
                 true,
                 [&](const Run&) {
                   if (std::exchange(first, false)) file.take_away();
                   return std::string("done");
                 },
                 false});
  scheduler.states();
  CHECK(*scheduler.run_now("tidy") == "done");
  file.bring_back();
  file.clock.advance(60s - 1ms);
  CHECK(scheduler.states().front().running);
  CHECK(scheduler.run_now("tidy").failure().kind == FailureKind::conflict);
  file.clock.advance(1ms);
  CHECK_FALSE(scheduler.states().front().running);
  CHECK(*scheduler.run_now("tidy") == "done");
}

}  // namespace
}  // namespace dontgoback::jobs
