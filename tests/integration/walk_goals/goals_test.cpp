// What is to be walked a day: chosen, reached, told once, shared.
#include "goals/goals.hpp"

#include <catch2/catch.hpp>

#include "dontgoback/json/writer.hpp"
#include "notices/notices.hpp"
#include "support/json.hpp"
#include "support/walk/walk_world.hpp"

using namespace dontgoback;
using namespace dontgoback::test;
using namespace std::chrono_literals;

namespace {

constexpr std::string_view kGoals = "/api/v1/goals";

struct Goals {
  using Walker = WalkWorld::Walker;

  explicit Goals(storage::Dialect dialect)
      : world(dialect,
              [](Host& host, const http::Authenticator& sessions) { walk::goals::add_routes(host, sessions); }) {}

  Answer put(const Walker& who, std::string_view body) { return world.send(who, "PUT", kGoals, body); }
  std::int64_t today_goal(const Walker& who) { return world.get(who, kGoals).number("/data/today/goal"); }
  std::int64_t chosen(const Walker& who) { return world.get(who, kGoals).number("/data/steps"); }
  time::Day today() const { return {std::chrono::floor<std::chrono::days>(world.clock.now() + 540min)}; }
  void walk(const Walker& who, std::int32_t before, std::int32_t after, int days_ago = 0) {
    const auto day = today() - std::chrono::days(days_ago);
    world.database.write([&](storage::Connection& connection) {
      connection.execute("DELETE FROM step_days WHERE walker_id = :walker AND day = :day", who.id, day);
      connection.execute(
          "INSERT INTO step_days (walker_id, day, total, reached_at, confidence, flags, told) VALUES (:walker, :day, "
          ":total, 0, 100, 0, '')",
          who.id, day, after);
      const walk::steps::Listener::Change change{who.id, day, before, after, days_ago == 0, world.clock.now()};
      walk::goals::of_steps().changed(connection, std::span(&change, 1));
    });
  }
  std::int64_t told(const Walker& who) {
    return world.number("SELECT COALESCE(SUM(times), 0) FROM walker_notices WHERE kind = 3 AND walker_id = " +
                        std::to_string(who.id.value));
  }
  void befriend(const Walker& one, const Walker& other) {
    for (const auto& [a, b] : {std::pair(one, other), std::pair(other, one)}) {
      world.execute("INSERT INTO friendships (walker_id, other_id, kind, since) VALUES (" + std::to_string(a.id.value) +
                    ", " + std::to_string(b.id.value) + ", 3, 0)");
    }
  }

  WalkWorld world;
  Walker ann = world.walker("ann");
  Walker bob = world.walker("bob");
};

}  // namespace

TEST_CASE("A goal holds from today on, and a lower one than yesterday's from tomorrow on") {
  Goals g(ON_EACH_DATABASE());
  CHECK(g.chosen(g.ann) == 0);
  CHECK(g.today_goal(g.ann) == 0);
  CHECK(g.put(g.ann, R"({"steps":8000})").number("/data/today/goal") == 8000);
  CHECK(g.put(g.ann, R"({"steps":5000})").number("/data/today/goal") == 5000);  // of the first day
  g.world.clock.advance(24h);
  CHECK(g.put(g.ann, R"({"steps":50000})").number("/data/today/goal") == 50000);  // mistyped
  CHECK(g.put(g.ann, R"({"steps":6000})").number("/data/today/goal") == 6000);
  const auto lower = g.put(g.ann, R"({"steps":3000})");
  CHECK(lower.number("/data/steps") == 3000);
  CHECK(lower.number("/data/today/goal") == 5000);
  CHECK(g.put(g.ann, R"({"grace":true})").number("/data/steps") == 3000);  // what is not named stays
  CHECK(g.today_goal(g.ann) == 5000);
  g.world.clock.advance(24h);
  CHECK(g.today_goal(g.ann) == 3000);
  CHECK(g.put(g.ann, R"({"steps":0})").number("/data/today/goal") == 3000);
  g.world.clock.advance(24h);
  CHECK(g.today_goal(g.ann) == 0);
  const auto all = g.world.get(g.ann, kGoals);
  CHECK(all.at("/data/grace").as_bool());
  CHECK_FALSE(all.at("/data/shared").as_bool());
  for (const auto* bad :
       {"", "[]", R"({"steps":-1})", R"({"steps":1000001})", R"({"steps":"1"})", R"({"steps":1.5})"}) {
    INFO(bad);
    CHECK(g.put(g.ann, bad).status == 400);
  }
}

TEST_CASE("Who reaches the goal is told once a day") {
  Goals g(ON_EACH_DATABASE());
  REQUIRE(g.put(g.ann, R"({"steps":1000})").status == 200);
  g.walk(g.ann, 0, 999);
  CHECK(g.told(g.ann) == 0);
  g.walk(g.ann, 999, 1000);
  CHECK(g.told(g.ann) == 1);
  CHECK(g.world.get(g.ann, kGoals).at("/data/today/reached").as_bool());
  g.walk(g.ann, 1000, 900);  // a correction
  g.walk(g.ann, 900, 1200);
  g.walk(g.ann, 0, 2000, 1);  // of yesterday
  g.walk(g.bob, 0, 2000);     // who has no goal
  CHECK(g.told(g.ann) == 1);
  g.world.clock.advance(24h);
  g.walk(g.ann, 0, 5000);
  CHECK(g.told(g.ann) == 2);
  CHECK(g.told(g.bob) == 0);
}

TEST_CASE("A streak is made of the days as they are known now, by the goals of then") {
  Goals g(ON_EACH_DATABASE());
  const auto streak = [&](const Goals::Walker& who) { return g.world.get(who, "/api/v1/goals/streak"); };
  CHECK(streak(g.ann).number("/data/current") == 0);
  CHECK(streak(g.ann).at("/data/since").is_null());
  REQUIRE(g.put(g.ann, R"({"steps":1000})").status == 200);
  const auto first = g.today();
  for (int i = 0; i < 5; ++i) {
    if (i != 2) g.walk(g.ann, 0, 1000);
    g.world.clock.advance(24h);
  }
  CHECK(streak(g.ann).number("/data/current") == 2);
  CHECK(streak(g.ann).number("/data/longest") == 2);
  CHECK(streak(g.ann).at("/data/since").as_string() == time::to_string(first + std::chrono::days(3)));
  g.walk(g.ann, 0, 1500, 3);  // the phone was offline that day
  CHECK(streak(g.ann).number("/data/current") == 5);
  CHECK(streak(g.ann).at("/data/since").as_string() == time::to_string(first));
  REQUIRE(g.put(g.ann, R"({"steps":9000})").status == 200);
  CHECK(streak(g.ann).number("/data/current") == 5);
}

TEST_CASE("Friends see a goal that is shared, and whether it was reached, and others see none") {
  Goals g(ON_EACH_DATABASE());
  const auto cat = g.world.walker("cat");
  g.befriend(g.ann, g.bob);
  for (const auto& who : {g.ann, g.bob, cat}) REQUIRE(g.put(who, R"({"steps":1000})").status == 200);
  const auto friends = [&](const Goals::Walker& who, std::string_view more = "") {
    return g.world.get(who, "/api/v1/goals/friends" + std::string(more));
  };
  CHECK(friends(g.ann).at("/data/goals").as_array().empty());
  for (const auto& who : {g.bob, cat}) REQUIRE(g.put(who, R"({"shared":true})").status == 200);
  g.walk(g.bob, 0, 1000);
  const auto seen = friends(g.ann);
  REQUIRE(seen.at("/data/goals").as_array().size() == 1);
  CHECK(seen.at("/data/goals/0/walkerId").as_string() == g.bob.uuid);
  CHECK(seen.at("/data/goals/0/nickname").as_string() == "bob");
  CHECK(seen.number("/data/goals/0/steps") == 1000);
  CHECK(seen.at("/data/goals/0/reached").as_bool());
  CHECK(friends(g.ann, "?lastWalkerId=" + g.bob.uuid).at("/data/goals").as_array().empty());
  CHECK(friends(g.ann, "?lastWalkerId=x").status == 400);
  g.world.set_status(g.bob, walk::walkers::Status::leaving);
  CHECK(friends(g.ann).at("/data/goals").as_array().empty());
}

TEST_CASE("Goals go with their walker, or become another's that has none") {
  Goals g(ON_EACH_DATABASE());
  const auto& walkers = walk::goals::subscriber();
  REQUIRE(g.put(g.ann, R"({"steps":1000,"shared":true})").status == 200);
  g.world.database.write([&](storage::Connection& connection) { walkers.merged(connection, g.ann.id, g.bob.id); });
  CHECK(g.chosen(g.bob) == 1000);
  REQUIRE(g.put(g.ann, R"({"steps":500})").status == 200);
  g.world.database.write([&](storage::Connection& connection) { walkers.merged(connection, g.ann.id, g.bob.id); });
  CHECK(g.chosen(g.bob) == 1000);
  g.world.database.write([&](storage::Connection& connection) {
    for (const auto& who : {g.ann, g.bob}) walkers.removed(connection, who.id);
  });
  CHECK(g.world.number("SELECT COUNT(*) FROM walk_goals") == 0);
  CHECK(g.world.number("SELECT COUNT(*) FROM walk_goal_choices") == 0);
}

TEST_CASE("A walker is given all goals that it had") {
  Goals g(ON_EACH_DATABASE());
  REQUIRE(g.put(g.ann, R"({"steps":1000,"shared":true})").status == 200);
  g.world.clock.advance(24h);
  REQUIRE(g.put(g.ann, R"({"steps":2000})").status == 200);
  std::string exported;
  g.world.database.read([&](storage::Connection& connection) {
    exported.clear();
    json::Writer writer(exported);
    walk::goals::exporter().write(connection, g.ann.id, writer);
  });
  CHECK(json_at(exported, "/shared").as_bool());
  CHECK(json_at(exported, "/goals/0/steps").as_int64() == 1000);
  CHECK(json_at(exported, "/goals/1/steps").as_int64() == 2000);
  CHECK(json_at(exported, "/goals/1/from").as_string() == time::to_string(g.today()));
}
