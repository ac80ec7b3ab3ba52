#include <array>
#include <catch2/catch.hpp>

#include "storage/statistics.hpp"
#include "support/databases.hpp"
#include "telemetry/registry.hpp"
#include "things.hpp"

using namespace dontgoback;
using namespace dontgoback::storage;
using namespace dontgoback::test;

TEST_CASE("commits are timed, the size is known, and borrowed readers are counted") {
  for_each_database(things(), [](Database& database) {
    constexpr std::array<std::chrono::microseconds, 1> kBounds{std::chrono::seconds(60)};
    telemetry::Histogram took(kBounds);
    time_commits(database, took);
    for (int i = 0; i < 3; ++i) insert_thing(database, i);
    CHECK(took.in_bucket(0) == 3);
    CHECK(took.in_bucket(1) == 0);
    CHECK(took.seconds() > 0);
    CHECK(size_in_bytes(database) > 4096);
    CHECK(statistics(database).readers > 0);
    CHECK(statistics(database).lent_readers == 0);
    database.read([&](Connection&) { CHECK(statistics(database).lent_readers == 1); });
    CHECK(statistics(database).lent_readers == 0);
  });
}
