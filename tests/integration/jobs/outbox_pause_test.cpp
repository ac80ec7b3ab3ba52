#include <catch2/catch.hpp>

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

}  // namespace
}  // namespace dontgoback::jobs
