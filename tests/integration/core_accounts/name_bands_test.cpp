#include "core/accounts/name_bands.hpp"

#include "core/accounts/amounts.hpp"
#include "support/core/feed_talk.hpp"

using namespace dontgoback;
using namespace dontgoback::core;
using namespace dontgoback::test;

namespace {

struct Network {
  explicit Network(storage::Dialect dialect) : world(dialect) {}

  void add(int how_many, std::int64_t amount, std::int64_t multiplier = Multiplier::kOne) {
    for (int i = 0; i < how_many; ++i) {
      last = world.node.create_user();
      world.execute("UPDATE accounts SET amount = " + std::to_string(amount) +
                    ", multiplier = " + std::to_string(multiplier) + " WHERE id = " + std::to_string(last.value));
    }
  }
  std::string count() { return world.node.scheduler().run_now("name-bands").value(); }
  /// How the last one is shown.
  std::string shown() {
    auto browser = world.node.signed_in(last);
    const auto post = browser.post("/api/v1/feeds", R"({"content":"글","unlinked":true})");
    return post.at("/data/author").as_string().c_str() + std::string(" ") +
           post.at("/data/feedType").as_string().c_str();
  }

  World world;
  UserId last;
};

constexpr std::int64_t kFirst = 10'000'000;

}  // namespace

TEST_CASE("Where all have come since names were counted they bear one name, and are counted alone") {
  Network network(ON_EACH_DATABASE());
  network.add(19, kFirst);
  CHECK(network.shown() == "익명 BLUE");
  network.add(1, kFirst);
  CHECK(network.shown() == "1000만 BLUE");
  network.world.execute("UPDATE accounts SET status = 3 WHERE id = 1");
  CHECK(network.shown() == "익명 BLUE");
}

TEST_CASE("Names are shown as they were counted, and without one where they were not") {
  Network network(ON_EACH_DATABASE());
  network.add(12, 9'910'000, 1);
  network.add(12, 9'990'000, 1);
  network.add(30, 5'000'000);
  network.add(15, 7'000'000'000);
  network.add(5, 3'000'000'000'000);
  CHECK(network.count() == "counted 74 accounts, 3 names are shown");
  CHECK(network.shown() == "익명 BLUE");
  network.add(1, 9'990'000, 1);
  CHECK(network.shown() == "990만대 RED");
  network.add(1, 5'000'000);
  CHECK(network.shown() == "500만 BLUE");
  network.add(1, 5'000'000, 1);
  CHECK(network.shown() == "익명 BLUE");
  network.add(1, kFirst);  // no twenty newcomers, and nobody of that name was counted
  CHECK(network.shown() == "익명 BLUE");

  SECTION("until amounts change") {
    network.add(1, 5'000'000);
    network.world.database.write([&](storage::Connection& c) {
      accounts::set_current(c, UserId{1}, {Won{5'000'000}, Multiplier{}}, time::Day{});
    });
    CHECK(network.shown() == "익명 BLUE");
    network.count();
    CHECK(network.shown() == "500만 BLUE");
  }
  SECTION("of who takes part") {
    network.world.execute("UPDATE accounts SET status = 3 WHERE amount = 5000000 AND id % 2 = 0");
    network.add(1, 5'000'000);
    network.count();
    CHECK(network.shown() == "익명 BLUE");
  }
  SECTION("of what is shown today, not tomorrow") {
    network.world.execute("UPDATE accounts SET amount_day = 1000000 WHERE amount = 5000000 AND id % 2 = 0");
    network.count();
    network.add(1, 5'000'000);
    CHECK(network.shown() == "익명 BLUE");
  }
  SECTION("whatever a counting left that was cut short") {
    network.world.execute(
        "INSERT INTO name_bands (counting, name, type, shown) SELECT counting + 1, '500만', 1, '100만대' FROM "
        "name_countings");
    network.add(1, 5'000'000);
    CHECK(network.shown() == "500만 BLUE");
    network.count();
    CHECK(network.shown() == "500만 BLUE");
    CHECK(network.world.number("SELECT COUNT(DISTINCT counting) FROM name_bands") == 1);
  }
}

TEST_CASE("A counting that amounts changed under does not hold") {
  World world(ON_EACH_DATABASE());
  for (int i = 0; i < 25; ++i) world.node.create_user();
  world.execute("UPDATE accounts SET amount = 5000000");
  auto& scheduler = world.node.scheduler();
  CHECK(scheduler.run_now("name-bands-look").value() == "amounts are changing");
  CHECK(scheduler.run_now("name-bands-look").value() == "counted 25 accounts, 0 names are shown");
  CHECK(scheduler.run_now("name-bands-look").value() == "names are counted");
  world.execute("UPDATE name_countings SET changes = changes + 1");
  CHECK(scheduler.run_now("name-bands-look").value() == "amounts are changing");
  world.execute("UPDATE name_countings SET changes = changes + 1");
  CHECK(scheduler.run_now("name-bands-look").value() == "amounts are changing");
  CHECK(scheduler.run_now("name-bands-look").value() == "counted 25 accounts, 0 names are shown");
}
