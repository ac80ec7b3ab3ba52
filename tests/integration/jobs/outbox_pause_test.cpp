#include <atomic>
#include <catch2/catch.hpp>
#include <thread>

#include "jobs/migrations.hpp"
#include "jobs/outbox.hpp"
#include "signals.hpp"
#include "support/databases.hpp"
#include "support/set_clock.hpp"

namespace dontgoback::jobs {
namespace {

using namespace std::chrono_literals;
using test::SetClock;
using Delivery = Outbox::Delivery;

TEST_CASE("a delivery may say from when on it is tried again, within an hour") {
  test::for_each_database(migrations(), [](storage::Database& database) {
    SetClock clock;
    for (const auto& [asked, given] : {std::pair(0s, 1s), std::pair(40s, 40s), std::pair(7200s, 3600s)}) {
      DatabaseOutbox outbox(database, clock, "node");
      outbox.on("mail", [asked = asked](std::int64_t, std::string_view) {
        Outbox::Outcome later = Delivery::retry;
        later.after = asked;
        return later;
      });
      database.write([&](storage::Connection& connection) { outbox.add(connection, "mail", "later"); });
      outbox.start();
      EVENTUALLY(database.read([&](storage::Connection& connection) {
        return connection.one<time::Timestamp>("SELECT next_at FROM outbox");
      }) == std::tuple(time::Timestamp(clock.now() + given)));
      outbox.stop();
      database.write([](storage::Connection& connection) { connection.execute("DELETE FROM outbox"); });
    }
  });
}

TEST_CASE("what was not tried is no failure, however often, and waits as long as it says") {
  test::for_each_database(migrations(), [](storage::Database& database) {
    SetClock clock;
    DatabaseOutbox outbox(database, clock, "node");
    std::atomic<int> asked{0};
    outbox.on("mail", [&](std::int64_t, std::string_view) {
      Outbox::Outcome later = Delivery::later;
      if (++asked == 200) later.after = 40s;
      return later;
    });
    database.write([&](storage::Connection& connection) { outbox.add(connection, "mail", "later"); });
    outbox.start();
    while (asked < 200) {
      clock.advance(1s);
      outbox.wake();
      std::this_thread::sleep_for(1ms);
    }
    const auto row = [&] {
      return database.read([&](storage::Connection& connection) {
        return connection.one<time::Timestamp, std::int64_t, std::int64_t>(
            "SELECT next_at, attempts, state FROM outbox");
      });
    };
    EVENTUALLY(std::get<0>(row().value()) >= clock.now() + 30s);
    outbox.stop();
    CHECK(std::get<1>(row().value()) == 0);
    CHECK(std::get<2>(row().value()) == 0);
  });
}

}  // namespace
}  // namespace dontgoback::jobs
