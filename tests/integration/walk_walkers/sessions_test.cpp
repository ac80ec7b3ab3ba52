// Sessions of walkers: tokens, renewal, theft, sign-out, cookies, who is let in.
#include "dontgoback/security/crypto/base64.hpp"
#include "integration/walk_walkers/walkers_world.hpp"
#include "walkers/session_store.hpp"

using namespace dontgoback;
using namespace dontgoback::test;
using namespace std::chrono_literals;

namespace {

boost::json::value payload_of(const std::string& token) {
  const auto first = token.find('.');
  const auto second = token.find('.', first + 1);
  REQUIRE(second != std::string::npos);
  return json_at(security::base64url_decode(token.substr(first + 1, second - first - 1)).value(), "");
}

}  // namespace

TEST_CASE("Both tokens are JWTs that a phone can take apart, and neither passes for the other") {
  WalkersWorld world(ON_EACH_DATABASE());
  const auto phone = world.phone("1");
  const auto now = std::chrono::floor<std::chrono::seconds>(world.clock.now()).time_since_epoch().count();
  for (const auto& [token, life] : {std::pair(phone.access, 3600), std::pair(phone.refresh, 14 * 86400)}) {
    const auto payload = payload_of(token).as_object();
    CHECK(payload.at("userUuid").as_string() == phone.uuid);
    CHECK(payload.at("iat").as_int64() == now);
    CHECK(payload.at("exp").as_int64() == now + life);
    CHECK(payload.at("sid").as_string() == payload_of(phone.access).at("sid").as_string());
  }
  CHECK(world.me(phone).at("/data/walkerId").as_string() == phone.uuid);
  CHECK(world.me({phone.refresh, "", ""}).status == 401);
  CHECK(world.renew(phone.access).status == 401);
  // Another session has another name.
  CHECK(payload_of(world.phone("1").access).at("sid") != payload_of(phone.access).at("sid"));
}

TEST_CASE("What was not signed here lets nobody in") {
  WalkersWorld world(storage::Dialect::sqlite);
  const auto phone = world.phone("1");
  for (std::size_t i = 0; i < phone.access.size(); i += 7) {
    auto forged = phone.access;
    forged[i] = forged[i] == 'A' ? 'B' : 'A';
    CHECK(world.me({forged, "", ""}).status == 401);
  }
  const auto dot = phone.access.find('.');
  const auto none = security::base64url_encode(R"({"alg":"none","typ":"walker-at+jwt"})") + phone.access.substr(dot);
  CHECK(world.me({none, "", ""}).status == 401);
  CHECK(world.me({none.substr(0, none.rfind('.') + 1), "", ""}).status == 401);
  CHECK(world.me({"", "", ""}).status == 401);
}

TEST_CASE("A bearer is taken with zero, one or two prefixes, and counts before a cookie") {
  WalkersWorld world(storage::Dialect::sqlite);
  const auto phone = world.phone("1");
  const auto status = [&](const std::string& credentials) {
    return world.browser().send("GET", "/api/v1/walkers/me", {}, {{"Authorization", credentials}}).status;
  };
  CHECK(status(phone.access) == 200);
  CHECK(status("Bearer " + phone.access) == 200);
  CHECK(status("bearer Bearer " + phone.access) == 200);
  CHECK(status("Bearer Bearer Bearer " + phone.access) == 401);

  const auto other = world.phone("2");
  const auto both = world.browser().send(
      "GET", "/api/v1/walkers/me", {},
      {{"Authorization", "Bearer " + phone.access}, {"Cookie", "walk_access_token=" + other.access}});
  CHECK(both.at("/data/walkerId").as_string() == phone.uuid);
  const auto bad =
      world.browser().send("GET", "/api/v1/walkers/me", {},
                           {{"Authorization", "Bearer x"}, {"Cookie", "walk_access_token=" + other.access}});
  CHECK(bad.status == 401);
}

TEST_CASE("An access token is good for an hour, a session for 14 days from its last renewal") {
  WalkersWorld world(ON_EACH_DATABASE());
  auto phone = world.phone("1");
  world.clock.advance(1h - 1s);
  CHECK(world.me(phone).status == 200);
  world.clock.advance(1s);
  CHECK(world.me(phone).status == 401);
  for (int i = 0; i < 3; ++i) {
    world.clock.advance(13 * 24h);
    phone = WalkersWorld::phone_in(world.renew(phone.refresh));
    CHECK(world.me(phone).status == 200);
  }
  world.clock.advance(14 * 24h + 1s);
  CHECK(world.renew(phone.refresh).status == 401);
}

TEST_CASE("A refresh token is replaced at every use: the same one again for a lost answer, and later it is theft") {
  WalkersWorld world(ON_EACH_DATABASE());
  const auto first = world.phone("1");
  const auto second = WalkersWorld::phone_in(world.renew("Bearer " + first.refresh));
  CHECK(second.refresh != first.refresh);
  world.clock.advance(10min);  // the answer was lost, and nobody has used what it brought
  CHECK(WalkersWorld::phone_in(world.renew(first.refresh)).refresh == second.refresh);
  const auto third = WalkersWorld::phone_in(world.renew(second.refresh));
  world.clock.advance(30s);
  CHECK(WalkersWorld::phone_in(world.renew(first.refresh)).refresh == second.refresh);
  CHECK(world.me(third).status == 200);
  world.clock.advance(1s);
  SECTION("what was replaced longer ago ends the session") {
    CHECK(world.renew(first.refresh).status == 401);
    CHECK(world.me(third).status == 401);
    CHECK(world.renew(third.refresh).status == 401);
  }
  SECTION("also when its row is gone") {
    auto last = third;
    for (int i = 0; i < 40; ++i) {
      world.clock.advance(1min);
      last = WalkersWorld::phone_in(world.renew(last.refresh));
    }
    CHECK(world.number("SELECT COUNT(*) FROM walker_refresh_tokens") < 36);
    CHECK(world.renew(first.refresh).status == 401);
    CHECK(world.me(last).status == 401);
  }
  SECTION("a clock that was just set ends none") {
    world.trust.settle(10s);
    CHECK(world.renew(first.refresh).status == 200);
    CHECK(world.me(third).status == 200);
  }
}

TEST_CASE("A sign-out ends both tokens at once, of this session alone") {
  WalkersWorld world(ON_EACH_DATABASE());
  const auto phone = world.phone("1");
  const auto watch = world.phone("1");
  CHECK(world.send(phone, "POST", "/api/v1/walkers/logout").status == 200);
  CHECK(world.me(phone).status == 401);
  CHECK(world.renew(phone.refresh).status == 401);
  CHECK(world.send(phone, "POST", "/api/v1/walkers/logout").status == 401);
  CHECK(world.me(watch).status == 200);
}

TEST_CASE("A walker sees where it is signed in, without times, and ends one or all others") {
  WalkersWorld world(ON_EACH_DATABASE());
  const auto phone = world.phone("1");
  const auto watch = world.phone("1");
  const auto tablet = world.phone("1");
  const auto stranger = world.phone("2");
  const auto listed = world.get(phone, "/api/v1/walkers/sessions");
  const auto sessions = listed.at("/data/sessions").as_array();
  REQUIRE(sessions.size() == 3);
  int current = 0;
  std::string another;
  for (const auto& each : sessions) {
    CHECK(each.as_object().size() == 3);
    if (each.at("current").as_bool()) {
      ++current;
    } else {
      another = std::to_string(each.at("sessionId").as_int64());
    }
  }
  CHECK(current == 1);
  CHECK(world.send(stranger, "DELETE", "/api/v1/walkers/sessions/" + another).status == 404);
  CHECK(world.send(phone, "DELETE", "/api/v1/walkers/sessions/" + another).status == 200);
  CHECK(world.send(phone, "DELETE", "/api/v1/walkers/sessions/" + another).status == 404);
  CHECK((world.me(watch).status == 200) != (world.me(tablet).status == 200));
  CHECK(world.send(phone, "DELETE", "/api/v1/walkers/sessions").number("/data/ended") == 1);
  CHECK(world.me(watch).status == 401);
  CHECK(world.me(tablet).status == 401);
  CHECK(world.me(phone).status == 200);
  CHECK(world.me(stranger).status == 200);
}

TEST_CASE("Of a walker fifty sessions are kept: the one that was used longest ago ends") {
  WalkersWorld world(storage::Dialect::sqlite, {});
  const auto first = world.phone("1");
  world.clock.advance(1s);
  world.database.write([&](storage::Connection& connection) {
    for (int i = 0; i < 60; ++i) walk::walkers::add_session(connection, WalkerId{1}, "", world.clock.now());
  });
  CHECK(world.number("SELECT COUNT(*) FROM walker_sessions") == 50);
  CHECK(world.me(first).status == 401);
}

TEST_CASE("The page keeps its tokens in cookies of their own, and no script reads them") {
  WalkersWorld world(storage::Dialect::sqlite);
  auto page = world.browser();
  const auto given = world.nonce();
  const auto answer = page.post("/api/v1/walkers/session", R"({"provider":"office","cookies":true,"idToken":")" +
                                                               world.issuer.token({.subject = "1", .nonce = given}) +
                                                               R"(","nonce":")" + given + "\"}");
  REQUIRE(answer.status == 200);
  CHECK(answer.body.find("eyJ") == std::string::npos);
  int set = 0;
  for (const auto& [name, value] : answer.fields) {
    if (name != "set-cookie") continue;
    ++set;
    CHECK(value.starts_with("walk_"));
    CHECK(value.find("HttpOnly") != std::string::npos);
    CHECK(value.find("SameSite=Lax") != std::string::npos);
  }
  CHECK(set == 2);
  CHECK(page.get("/api/v1/walkers/me").status == 200);
  const auto before = page.jar.at("walk_refresh_token");
  CHECK(page.post("/api/v1/walkers/token").status == 200);
  CHECK(page.jar.at("walk_refresh_token") != before);
  CHECK(page.send("POST", "/api/v1/walkers/token", {}, {{"Origin", "http://evil.test"}}).status == 403);
  CHECK(page.post("/api/v1/walkers/logout").status == 200);
  CHECK(!page.jar.contains("walk_access_token"));
  CHECK(page.get("/api/v1/walkers/me").status == 401);
}
