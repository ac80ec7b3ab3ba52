// Members come to walk by a ticket, phones of theirs find the same walker, and two walkers of one person become one.
#include "integration/walk_walkers/walkers_world.hpp"

using namespace dontgoback;
using namespace dontgoback::test;
using namespace std::chrono_literals;

namespace {

Answer merge(WalkersWorld& world, const Phone& phone, const std::string& body) {
  return world.send(phone, "POST", "/api/v1/walkers/me/merge", body);
}

}  // namespace

TEST_CASE("A member has one walker, by tickets that are good once and for a minute") {
  WalkersWorld world(ON_EACH_DATABASE());
  auto member = world.member();
  const auto ticket = world.ticket(member);
  const auto body = R"({"ticket":")" + ticket + "\"}";
  const auto first = WalkersWorld::phone_in(world.begin(body));
  CHECK(world.begin(body).status == 401);
  CHECK(world.phone_by_ticket(member).uuid == first.uuid);
  auto another = world.member();
  CHECK(world.phone_by_ticket(another).uuid != first.uuid);
  const auto replaced = world.ticket(member);
  const auto late = world.ticket(member);
  CHECK(world.begin(R"({"ticket":")" + replaced + "\"}").status == 401);
  world.clock.advance(60s);
  CHECK(world.begin(R"({"ticket":")" + late + "\"}").status == 401);
  CHECK(world.begin(R"({"ticket":"x"})").status == 401);
  auto guest = world.browser();
  REQUIRE(guest.post("/api/guest").status == 200);
  CHECK(guest.post("/api/v1/users/me/walker-ticket").status == 403);
  CHECK(world.browser().post("/api/v1/users/me/walker-ticket").status == 401);
}

TEST_CASE("A phone finds the walker of the member whose way in it has") {
  WalkersWorld world(ON_EACH_DATABASE());
  auto member = world.member("1");
  const auto page = world.phone_by_ticket(member);
  CHECK(world.phone("1").uuid == page.uuid);
  CHECK(world.phone("2").uuid != page.uuid);
}

TEST_CASE("A walker that a phone made becomes that of the member who comes later with the same way in") {
  WalkersWorld world(ON_EACH_DATABASE());
  const auto phone = world.phone("1");
  auto member = world.member("1");
  CHECK(world.phone_by_ticket(member).uuid == phone.uuid);
  CHECK(world.phone("1").uuid == phone.uuid);
  CHECK(world.number("SELECT COUNT(*) FROM walkers") == 1);
}

TEST_CASE("Two walkers of one person stay two until that person asks") {
  WalkersWorld world(ON_EACH_DATABASE());
  const auto phone = world.phone("1");
  auto member = world.member();
  const auto page = world.phone_by_ticket(member);
  REQUIRE(page.uuid != phone.uuid);
  world.execute("INSERT INTO identities (issuer, subject, user_id, provider, linked_at) SELECT '" + world.issuer.url() +
                "', '1', MAX(id), 'office', 1 FROM accounts");
  CHECK(world.phone_by_ticket(member).uuid == page.uuid);
  CHECK(world.phone("1").uuid == phone.uuid);
  REQUIRE(world.send(phone, "PATCH", "/api/v1/walkers/me", R"({"nickname":"phone"})").status == 200);

  SECTION("the page's takes the phone's") {
    const auto given = world.nonce();
    const auto proof = R"({"provider":"office","idToken":")" + world.issuer.token({.subject = "1", .nonce = given}) +
                       R"(","nonce":")" + given + "\"}";
    const auto merged = merge(world, page, proof);
    CHECK(merged.status == 200);
    CHECK(merged.at("/data/walkerId").as_string() == page.uuid);
    CHECK(world.me(phone).status == 401);
    CHECK(world.phone("1").uuid == page.uuid);
    CHECK(merge(world, page, proof).status == 401);  // the proof is used
  }
  SECTION("the phone's takes the page's") {
    const auto proof = R"({"ticket":")" + world.ticket(member) + "\"}";
    CHECK(merge(world, phone, proof).status == 200);
    CHECK(world.me(page).status == 401);
    CHECK(world.phone_by_ticket(member).uuid == phone.uuid);
    CHECK(merge(world, phone, R"({"ticket":")" + world.ticket(member) + "\"}").status == 404);
  }
  CHECK(world.number("SELECT COUNT(*) FROM walkers") == 1);
  CHECK(world.number("SELECT COUNT(*) FROM walker_identities") == 1);
  // The nickname that the other had is nobody's, or the one that took it over.
  const auto stranger = world.phone("3");
  CHECK(merge(world, stranger, R"({"ticket":"x"})").status == 401);
}

TEST_CASE("Account and walker live and die apart") {
  WalkersWorld world(ON_EACH_DATABASE());
  auto member = world.member("1");
  const auto page = world.phone_by_ticket(member);
  const auto user = std::to_string(member.get("/api/v1/users/me").number("/data/userId"));
  world.node.command(world.core.commands(), "users", "suspend", {{"id", user}, {"reason", "x"}});
  CHECK(world.me(page).status == 200);
  CHECK(member.post("/api/v1/users/me/walker-ticket").status == 401);
  world.execute("DELETE FROM identities");  // as the account's removal does
  CHECK(world.me(page).status == 200);
  REQUIRE(world.send(page, "DELETE", "/api/v1/walkers/me").status == 200);
  world.node.command(world.core.commands(), "users", "activate", {{"id", user}});
  CHECK(world.me(page).status == 401);
}

TEST_CASE("Without a core phones sign in, and members are told so") {
  SetClock clock;
  IdTokenIssuer issuer(clock);
  FreshDatabase fresh(ON_EACH_DATABASE(), walk_and_core());
  TestNode node({.clock = clock, .node = node_in(fresh.directory()), .database = &*fresh});
  walk::WalkModule walk;
  node.start(walk, {{"walk-sign-in", "office=" + issuer.url() + " app.walk.test"}});
  node.run();
  Browser browser(node.address());
  const std::string nonce(browser.post("/api/v1/walkers/nonce").at("/data/nonce").as_string());
  CHECK(browser
            .post("/api/v1/walkers/session", R"({"provider":"office","idToken":")" +
                                                 issuer.token({.subject = "1", .nonce = nonce}) + R"(","nonce":")" +
                                                 nonce + "\"}")
            .status == 200);
  CHECK(browser.post("/api/v1/walkers/session", R"({"ticket":"x"})").status == 503);
  node.stop();
}

namespace {

class CoreAway final : public ports::People {
  Result<std::optional<std::string>> of_identity(const ports::Identity&) override { return kAway; }
  Result<Redeemed> redeem(std::string_view) override { return kAway; }
  static constexpr Failure kAway{FailureKind::unavailable, {"없음", "away"}};
};

}  // namespace

TEST_CASE("With core away a known phone signs in, and an unknown one is told to come again") {
  WalkersWorld world(ON_EACH_DATABASE());
  const auto known = world.phone("1");
  SetClock& clock = world.clock;
  TestNode node({.clock = clock, .node = node_in(world.fresh.directory()), .database = &world.database});
  node.ports().offer<ports::People>(std::make_shared<CoreAway>());
  walk::WalkModule walk;
  node.start(walk, {{"walk-sign-in", "office=" + world.issuer.url() + " app.walk.test"}});
  node.run();
  Browser browser(node.address());
  const auto sign_in = [&](const std::string& subject) {
    const std::string nonce(browser.post("/api/v1/walkers/nonce").at("/data/nonce").as_string());
    return browser.post("/api/v1/walkers/session", R"({"provider":"office","idToken":")" +
                                                       world.issuer.token({.subject = subject, .nonce = nonce}) +
                                                       R"(","nonce":")" + nonce + "\"}");
  };
  CHECK(sign_in("1").at("/data/walker/walkerId").as_string() == known.uuid);
  const auto unknown = sign_in("2");
  CHECK(unknown.status == 503);
  CHECK(!unknown.field("retry-after").empty());
  CHECK(world.number("SELECT COUNT(*) FROM walkers") == 1);
  node.stop();
}
