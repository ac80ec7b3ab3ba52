#include "support/core/asset_world.hpp"

using namespace dontgoback;
using namespace dontgoback::core::assets;
using namespace dontgoback::test;

namespace {

std::string path(UserId user) { return "/api/v1/users/" + std::to_string(user.value) + "/asset-facts"; }

}  // namespace

TEST_CASE("A profile says since when, how many days went up and down, and what was most and least") {
  AssetWorld world(ON_EACH_DATABASE());
  const auto user = world.account(), other = world.account();
  backfill(world.database, *world.source, world.clock, {.days = 60, .last = world.today(), .user = user},
           [] { return true; });
  const auto answer = world.browser().send("GET", path(user), "", AssetWorld::as(other));
  CHECK(answer.status == 200);
  CHECK(answer.at("/data/since") == "2026-11-17");
  CHECK(answer.number("/data/daysUp") + answer.number("/data/daysDown") == 59);
  const auto of = [&](std::string_view what) {
    return world.number("SELECT " + std::string(what) +
                        " FROM asset_snapshots WHERE user_id = " + std::to_string(user.value));
  };
  CHECK(answer.number("/data/daysUp") == of("SUM(CASE WHEN multiplier > 1000000000 THEN 1 ELSE 0 END)"));
  CHECK(answer.number("/data/highest/amount") == of("MAX(amount)"));
  CHECK(answer.number("/data/lowest/amount") == of("MIN(amount)"));

  // What a clock that was ahead wrote of days to come is not told.
  world.execute("INSERT INTO asset_snapshots (user_id, day, amount, multiplier, created_at) VALUES (" +
                std::to_string(user.value) + ", 30000, 9999999999, 1, 0)");
  CHECK(world.browser().send("GET", path(user), "", AssetWorld::as(other)).body == answer.body);
}

TEST_CASE("What is not open is not told") {
  AssetWorld world(ON_EACH_DATABASE());
  const auto user = world.account(), other = world.account();
  CHECK(world.browser().get(path(user)).status == 401);
  CHECK(world.browser().send("GET", path(UserId{4711}), "", AssetWorld::as(other)).status == 404);
  world.execute("UPDATE accounts SET private_profile = 1 WHERE id = " + std::to_string(user.value));
  CHECK(world.browser().send("GET", path(user), "", AssetWorld::as(other)).status == 403);
  CHECK(world.browser().send("GET", path(user), "", AssetWorld::as(user)).status == 200);
  world.execute("UPDATE accounts SET status = 1 WHERE id = " + std::to_string(user.value));
  CHECK(world.browser().send("GET", path(user), "", AssetWorld::as(other)).status == 404);
  world.execute("UPDATE accounts SET status = 0, private_profile = 0 WHERE id = " + std::to_string(user.value));
  world.execute("INSERT INTO relations (user_id, other_id, kind, created_at) VALUES (" + std::to_string(other.value) +
                ", " + std::to_string(user.value) + ", 1, 0)");
  CHECK(world.browser().send("GET", path(user), "", AssetWorld::as(other)).status == 404);
}
