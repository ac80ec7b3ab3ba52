#include "support/core/asset_world.hpp"

using namespace dontgoback;
using namespace dontgoback::core::accounts;
using namespace dontgoback::core::assets;
using namespace dontgoback::test;
using std::chrono::days;

namespace {

/// What the contract says the last `n` days are.
std::vector<std::pair<time::Day, Won>> expected(const AssetWorld& world, UserId user, int n) {
  std::vector<std::pair<time::Day, Won>> rows{{world.today() - days(n - 1), kFirstAmount}};
  for (int i = 1; i < n; ++i) {
    const auto day = rows.back().first + days(1);
    rows.emplace_back(day, world.source->updated(user, day, rows.back().second));
  }
  return rows;
}

}  // namespace

TEST_CASE("A backfill writes the past days of every active account anew") {
  AssetWorld world(ON_EACH_DATABASE());
  const auto users = world.accounts(23, 3);
  const auto inactive = world.account(3);
  world.execute("UPDATE accounts SET status = 1 WHERE id = " + std::to_string(inactive.value));

  for (int time = 0; time < 2; ++time) {
    const auto result =
        backfill(world.database, *world.source, world.clock, {180, world.today(), std::nullopt}, [] { return true; });
    CHECK(result.accounts == 23);
    CHECK(result.rows == 23 * 180);
    for (const auto user : users) {
      const auto rows = expected(world, user, 180);
      REQUIRE(world.history(user) == rows);
      REQUIRE(world.amount(user) == rows.back().second);
    }
    CHECK(world.history(inactive).size() == 1);
  }
}

TEST_CASE("A backfill of one account or one day touches nothing else") {
  AssetWorld world(ON_EACH_DATABASE());
  const auto users = world.accounts(3, 10);
  const auto result =
      backfill(world.database, *world.source, world.clock, {5, world.today(), users[1]}, [] { return true; });
  CHECK(result.accounts == 1);
  CHECK(world.history(users[0]).size() == 1);
  CHECK(world.history(users[1]).size() == 6);  // the day it was made stays
  CHECK(world.history(users[2]).size() == 1);
  backfill(world.database, *world.source, world.clock, {1, world.today(), users[2]}, [] { return true; });
  CHECK(world.history(users[2]).back() == std::pair(world.today(), kFirstAmount));
}

TEST_CASE("A backfill whose source is away writes nothing of the accounts it was at") {
  AssetWorld world(ON_EACH_DATABASE());
  world.accounts(5, 0);
  world.source->is_away = [](UserId user) { return user.value == 4; };
  CHECK_THROWS_AS(
      backfill(world.database, *world.source, world.clock, {10, world.today(), std::nullopt}, [] { return true; }),
      Unavailable);
  CHECK(world.number("SELECT COUNT(*) FROM asset_snapshots") == 5);
}

TEST_CASE("The backfill command runs once for each lock") {
  AssetWorld world(ON_EACH_DATABASE());
  const auto user = world.account(0);
  CHECK_THROWS_AS(world.command(world.asset_commands(), "backfill"), std::invalid_argument);
  world.source->is_away = [](UserId) { return true; };
  CHECK_THROWS(world.command(world.asset_commands(), "backfill", {{"days", "7"}, {"lock", "one"}}));
  world.source->is_away = [](UserId) { return false; };
  CHECK_THAT(world.command(world.asset_commands(), "backfill", {{"days", "7"}, {"lock", "one"}}),
             Catch::StartsWith("7 rows of 1 accounts"));
  const auto rows = world.history(user);
  CHECK(rows == expected(world, user, 7));
  world.clock.advance(days(1));
  CHECK_THAT(world.command(world.asset_commands(), "backfill", {{"lock", "one"}}), Catch::StartsWith("nothing to do"));
  CHECK(world.history(user) == rows);
  CHECK_THAT(world.command(world.asset_commands(), "backfill", {{"days", "3"}, {"lock", "two"}}),
             Catch::StartsWith("3 rows of 1 accounts"));
}

TEST_CASE("The refresh and show commands tell what there is") {
  AssetWorld world(ON_EACH_DATABASE());
  const auto user = world.account(1);
  CHECK_THAT(world.command(world.asset_commands(), "refresh", {{"day", "2027-01-14"}}),
             Catch::StartsWith("2027-01-14: 0 accounts"));
  CHECK_THAT(world.command(world.asset_commands(), "refresh"),
             Catch::StartsWith("2027-01-15: 1 accounts, 1 done, 0 failed"));
  for (const auto* bad : {"2027-01-17", "tomorrow", "2027-02-30"}) {
    CHECK_THROWS_AS(world.command(world.asset_commands(), "refresh", {{"day", bad}}), std::invalid_argument);
  }
  const auto id = std::to_string(user.value);
  CHECK_THAT(world.command(world.asset_commands(), "show", {{"id", id}}),
             Catch::Contains("2027-01-14  10000000  BLUE"));
  CHECK_THROWS(world.command(world.asset_commands(), "show", {{"id", "999"}}));
}
