// Sessions that ended: refused by other nodes, by gRPC too, and forgotten in the end.
#include <thread>

#include "integration/walk_walkers/walkers_world.hpp"

using namespace dontgoback;
using namespace dontgoback::test;
using namespace std::chrono_literals;

namespace {

/// A second node on the same database: what its gRPC asks.
struct OtherNode {
  explicit OtherNode(WalkersWorld& world, shared::State* state = nullptr)
      : node({.clock = world.clock,
              .node = settings(world, state != nullptr),
              .database = &world.database,
              .state = state}),
        walkers(node.host(), {world.fresh.directory() / "walk.key", {}, nullptr}, {}) {}
  ~OtherNode() { node.stop(); }

  static config::Node settings(WalkersWorld& world, bool hears_others) {
    auto node = node_in(world.fresh.directory());
    node.nodes_hear_one_another = hears_others;
    return node;
  }
  /// What is known without a look at the database is what a look says, or what one says from now on: it may end
  /// meanwhile.
  bool lets_in(const Phone& phone) {
    const auto token = "Bearer " + phone.access;
    const auto known = walkers.known_holder_of(token);
    const auto judged = walkers.holder_of(token).has_value();
    CHECK((!known || known->has_value() || !judged));
    const auto now_known = walkers.known_holder_of(token);
    CHECK((!now_known || judged || !now_known->has_value()));
    return judged;
  }

  TestNode node;
  walk::walkers::Walkers walkers;
};

}  // namespace

TEST_CASE("gRPC on another node refuses who signed out, was suspended or left") {
  WalkersWorld world(ON_EACH_DATABASE());
  const auto phone = world.phone("1");
  const auto other = world.phone("2");
  OtherNode node(world);
  const auto holder = node.walkers.holder_of(phone.access);
  REQUIRE(holder);
  CHECK(walk::walkers::to_string((*holder).uuid) == phone.uuid);
  CHECK((*holder).walker.value > 0);
  const auto is_live = [&] {
    return world.database.read([&](storage::Connection& connection) {
      return walk::walkers::is_live(connection, (*holder).walker, (*holder).session);
    });
  };
  CHECK(is_live());
  CHECK(node.lets_in(other));
  CHECK(!node.lets_in({phone.refresh, "", ""}));
  SECTION("by itself") { REQUIRE(world.send(phone, "POST", "/api/v1/walkers/logout").status == 200); }
  SECTION("by a moderator's command") { world.command("suspend", {{"walker", phone.uuid}}); }
  SECTION("as it leaves") { REQUIRE(world.send(phone, "DELETE", "/api/v1/walkers/me").status == 200); }
  // In a process of its own nobody is told: what is new in the database is seen within a second. On MariaDB without
  // Redis it is asked each time.
  if (world.database.dialect() == storage::Dialect::sqlite) world.clock.advance(1s);
  CHECK(!is_live());
  CHECK(!node.lets_in(phone));
  CHECK(node.lets_in(other));
  // And one that starts within the hour.
  OtherNode late(world);
  CHECK(!late.lets_in(phone));
  CHECK(late.lets_in(other));
}

TEST_CASE("Nodes that hear one another refuse at once what ended elsewhere") {
  WalkersWorld world(ON_EACH_DATABASE());
  const auto phone = world.phone("1");
  shared::LocalState state;
  OtherNode node(world, &state);
  CHECK(node.lets_in(phone));
  const auto session = world.number("SELECT id FROM walker_sessions");
  state.publish(walk::walkers::kSessionEndedTopic, std::to_string(session));
  for (int i = 0; i < 200 && node.lets_in(phone); ++i) std::this_thread::sleep_for(10ms);
  CHECK(!node.lets_in(phone));
}

TEST_CASE("What a process of its own wrote is seen within a second, and past what memory takes the database is asked") {
  WalkersWorld world(storage::Dialect::sqlite);
  const auto phone = world.phone("1");
  const auto other = world.phone("2");
  OtherNode node(world);
  CHECK(node.lets_in(phone));
  const auto session = std::to_string(world.number("SELECT id FROM walker_sessions WHERE walker_id = 1"));
  world.execute("INSERT INTO walker_sessions_ended (session_id, ended_at) VALUES (" + session + ", 1)");
  CHECK(node.lets_in(phone));
  world.clock.advance(1s);
  CHECK(!node.lets_in(phone));
  CHECK(node.lets_in(other));
  SECTION("after what the table has forgotten") {
    world.execute("DELETE FROM walker_sessions_ended");
    world.clock.advance(9min + 58s);
    CHECK(!node.lets_in(phone));
    world.clock.advance(2s);
    CHECK(node.lets_in(phone));
  }
  SECTION("of very many") {
    world.execute(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100002) INSERT INTO "
        "walker_sessions_ended (session_id, ended_at) SELECT -i, 1 FROM n");
    world.execute("DELETE FROM walker_sessions WHERE walker_id = 1");
    OtherNode late(world);
    CHECK(!late.lets_in(phone));
    CHECK(late.lets_in(other));
    world.execute("DELETE FROM walker_sessions WHERE walker_id = 2");
    CHECK(!late.lets_in(other));
  }
}

TEST_CASE("What ended is forgotten when no access token of it can be good any more, by a confirmed clock") {
  WalkersWorld world(ON_EACH_DATABASE());
  const auto phone = world.phone("1");
  REQUIRE(world.send(phone, "POST", "/api/v1/walkers/logout").status == 200);
  auto& scheduler = world.node.host().scheduler;
  world.clock.advance(2h - 1s);
  CHECK(scheduler.run_now("walker-sign-ins"));
  CHECK(world.number("SELECT COUNT(*) FROM walker_sessions_ended") == 1);
  world.clock.advance(1s);
  world.trust.confirm(false);
  CHECK(!scheduler.run_now("walker-sign-ins"));
  CHECK(world.number("SELECT COUNT(*) FROM walker_sessions_ended") == 1);
  world.trust.confirm();
  CHECK(scheduler.run_now("walker-sign-ins"));
  CHECK(world.number("SELECT COUNT(*) FROM walker_sessions_ended") == 0);
  CHECK(world.number("SELECT COUNT(*) FROM walker_proofs") == 0);
  const auto again = world.phone("1");
  world.clock.advance(14 * 24h + 1s);
  CHECK(scheduler.run_now("walker-sign-ins"));
  CHECK(world.number("SELECT COUNT(*) FROM walker_sessions") == 0);
  CHECK(world.number("SELECT COUNT(*) FROM walker_refresh_tokens") == 0);
}
