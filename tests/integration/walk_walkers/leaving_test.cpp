// Walkers who leave: hidden at once, removed after 14 days by a confirmed clock, and back before that by signing in.
#include "dontgoback/json/writer.hpp"
#include "integration/walk_walkers/walkers_world.hpp"
#include "walkers/life_cycle.hpp"

using namespace dontgoback;
using namespace dontgoback::test;
using namespace dontgoback::walk::walkers;
using namespace std::chrono_literals;

namespace {

std::string purge(WalkersWorld& world) {
  const auto done = world.node.host().scheduler.run_now("walkers-leaving");
  return done ? *done : "";
}

}  // namespace

TEST_CASE("Who leaves is hidden at once and removed after 14 days") {
  WalkersWorld world(ON_EACH_DATABASE());
  const auto phone = world.phone("1");
  const auto other = world.phone("2");
  REQUIRE(world.send(phone, "PATCH", "/api/v1/walkers/me", R"({"nickname":"leaver"})").status == 200);
  REQUIRE(world.send(other, "PATCH", "/api/v1/walkers/me", R"({"nickname":"stayer"})").status == 200);
  const auto report = [&](const Phone& by, const Phone& of) {
    return world.send(by, "POST", "/api/v1/walkers/reports",
                      R"({"targetType":"WALKER","targetId":")" + of.uuid + R"(","reason":"SPAM","text":"leaver's"})");
  };
  REQUIRE(report(phone, other).status == 201);
  REQUIRE(report(other, phone).status == 201);
  REQUIRE(world.send(phone, "DELETE", "/api/v1/walkers/me").status == 200);
  const auto is_found = [&] {
    return world.database.read(
        [](storage::Connection& connection) { return find_by_nickname(connection, "leaver").has_value(); });
  };
  CHECK(!is_found());
  CHECK(world.me(phone).status == 401);
  CHECK(world.renew(phone.refresh).status == 401);
  CHECK(world.send(other, "PATCH", "/api/v1/walkers/me", R"({"nickname":"leaver"})").status == 409);
  world.clock.advance(14 * 24h - 1s);
  CHECK(purge(world) == "removed 0 walkers");
  SECTION("who signs in again has never left") {
    const auto back = world.phone("1");
    CHECK(back.uuid == phone.uuid);
    CHECK(is_found());
    world.clock.advance(24h);
    CHECK(purge(world) == "removed 0 walkers");
    CHECK(world.number("SELECT COUNT(*) FROM walkers") == 2);
  }
  SECTION("of who does not nothing stays") {
    world.clock.advance(1s);
    world.trust.confirm(false);
    CHECK(purge(world).empty());
    world.trust.confirm();
    CHECK(purge(world) == "removed 1 walkers");
    CHECK(world.number("SELECT COUNT(*) FROM walkers") == 1);
    CHECK(world.number("SELECT COUNT(*) FROM walker_identities") == 1);
    CHECK(world.number("SELECT COUNT(*) FROM walk_reports") == 0);
    CHECK(world.number("SELECT COUNT(*) FROM walk_report_cases WHERE name = 'leaver'") == 0);
    CHECK(world.number("SELECT COUNT(*) FROM walk_report_cases") == 1);
    CHECK(world.phone("1").uuid != phone.uuid);
  }
}

namespace {

/// Has much of every walker, and may fail.
struct Part final : Subscriber {
  bool removed_some(storage::Connection&, WalkerId) const override { return ++slices % 4 == 0; }
  void removed(storage::Connection&, WalkerId id) const override {
    if (id == bad) throw std::runtime_error("a fault of the test");
    gone.push_back(id);
  }
  void status_changed(storage::Connection&, WalkerId id, Status before, Status after, time::Timestamp) const override {
    changes.emplace_back(id, before, after);
  }
  WalkerId bad;
  mutable int slices = 0;
  mutable std::vector<WalkerId> gone;
  mutable std::vector<std::tuple<WalkerId, Status, Status>> changes;
};

}  // namespace

TEST_CASE("What a walker has goes slice by slice, and what is wrong with one keeps no other") {
  WalkersWorld world(storage::Dialect::sqlite);
  for (const auto* subject : {"1", "2", "3"}) world.phone(subject);
  Part part;
  part.bad = {2};
  const Subscribers subscribers{&part};
  world.database.write([&](storage::Connection& connection) {
    for (const std::int64_t id : {1, 2, 3}) {
      change_status(connection, subscribers, {id}, Status::leaving, world.clock.now());
    }
  });
  CHECK(part.changes.size() == 3);
  world.clock.advance(14 * 24h + 1s);
  const jobs::Run run{{}, [] { return true; }};
  CHECK(remove_left({world.database, world.trust, run}, subscribers) == 2);
  CHECK(part.gone == std::vector<WalkerId>{{1}, {3}});
  CHECK(world.number("SELECT id FROM walkers") == 2);
}

TEST_CASE("A walker takes along all that walking has of it") {
  WalkersWorld world(ON_EACH_DATABASE());
  auto member = world.member("1");
  const auto phone = world.phone_by_ticket(member);
  world.phone("1");
  REQUIRE(world.send(phone, "PATCH", "/api/v1/walkers/me", R"({"nickname":"mine","sharesSteps":true})").status == 200);
  const auto exported = world.get(phone, "/api/v1/walkers/export");
  REQUIRE(exported.status == 200);
  CHECK(exported.at("/data/walker/nickname").as_string() == "mine");
  CHECK(exported.at("/data/walker/sharesSteps").as_bool());
  CHECK(exported.number("/data/waysIn") == 1);
  CHECK(world.browser().get("/api/v1/walkers/export").status == 401);
}

namespace {

struct Steps final : Exporter {
  std::string_view name() const override { return "steps"; }
  void write(storage::Connection&, WalkerId walker, json::Writer& writer) const override {
    writer.value(walker.value > 0 ? 7 : 0);
  }
};

}  // namespace

TEST_CASE("Parts add what they have to an export") {
  SetClock clock;
  IdTokenIssuer issuer(clock);
  FreshDatabase fresh(storage::Dialect::sqlite, walk_and_core());
  TestNode node({.clock = clock, .node = node_in(fresh.directory()), .database = &*fresh});
  const Steps steps;
  const Walkers walkers(
      node.host(),
      {fresh.directory() / "walk.key",
       {{.name = "office", .issuer = issuer.url(), .also_issuers = {}, .client_ids = {"app.walk.test"}}},
       nullptr},
      {}, {&steps});
  node.run();
  Browser browser(node.address());
  const std::string nonce(browser.post("/api/v1/walkers/nonce").at("/data/nonce").as_string());
  REQUIRE(browser
              .post("/api/v1/walkers/session", R"({"cookies":true,"provider":"office","idToken":")" +
                                                   issuer.token({.subject = "1", .nonce = nonce}) + R"(","nonce":")" +
                                                   nonce + "\"}")
              .status == 200);
  CHECK(browser.get("/api/v1/walkers/export").number("/data/steps") == 7);
  node.stop();
}
