// How phones come to a walker, and how they do not.
#include <thread>

#include "dontgoback/security/crypto/hash.hpp"
#include "dontgoback/security/crypto/hex.hpp"
#include "integration/walk_walkers/walkers_world.hpp"

using namespace dontgoback;
using namespace dontgoback::test;
using namespace std::chrono_literals;

namespace {

std::string body(const std::string& id_token, const std::string& nonce = "", const std::string& provider = "office") {
  auto text = R"({"provider":")" + provider + R"(","idToken":")" + id_token + '"';
  if (!nonce.empty()) text += R"(,"nonce":")" + nonce + '"';
  return text + '}';
}

}  // namespace

TEST_CASE("One person at an issuer has one walker, however often and wherever they sign in") {
  WalkersWorld world(ON_EACH_DATABASE());
  const auto first = world.phone("1");
  CHECK(world.phone("1").uuid == first.uuid);
  CHECK(world.phone("2").uuid != first.uuid);
  CHECK(world.number("SELECT COUNT(*) FROM walkers") == 2);
  // Neither issuer nor subject is kept in the clear.
  CHECK(world.number("SELECT COUNT(*) FROM walker_identities WHERE hash LIKE '%office%' OR hash = '1'") == 0);
}

TEST_CASE("Two phones of one person that come at once have one walker") {
  WalkersWorld world(ON_EACH_DATABASE());
  std::vector<std::string> uuids(6);
  std::vector<std::thread> phones;
  for (auto& uuid : uuids) {
    phones.emplace_back([&world, &uuid] {
      const auto answer = world.sign_in("1");
      if (answer.status == 200) uuid = answer.at("/data/walker/walkerId").as_string();
    });
  }
  for (auto& phone : phones) phone.join();
  for (const auto& uuid : uuids) CHECK(uuid == uuids.front());
  CHECK(world.number("SELECT COUNT(*) FROM walkers") == 1);
}

TEST_CASE("A nonce is good once, for ten minutes, and only one that was given out") {
  WalkersWorld world(ON_EACH_DATABASE());
  const auto token = [&](const std::string& nonce) { return world.issuer.token({.subject = "1", .nonce = nonce}); };
  const auto nonce = world.nonce();
  CHECK(world.begin(body(token(nonce), (nonce.front() == 'x' ? "y" : "x") + nonce.substr(1))).status == 401);
  CHECK(world.begin(body(token("made up"), "made up")).status == 401);
  CHECK(world.begin(body(token(world.nonce()), nonce)).status == 401);  // another sign-in's token
  CHECK(world.begin(body(token(nonce), nonce)).status == 200);
  CHECK(world.begin(body(token(nonce), nonce)).status == 401);
  const auto late = world.nonce();
  world.clock.advance(10min);
  CHECK(world.begin(body(token(late), late)).status == 200);
  const auto too_late = world.nonce();
  world.clock.advance(10min + 1ms);
  CHECK(world.begin(body(token(too_late), too_late)).status == 401);
}

TEST_CASE("A token may have the nonce as its SHA-256, as Apple's devices send it") {
  WalkersWorld world(storage::Dialect::sqlite);
  const auto nonce = world.nonce();
  const auto hashed = security::hex(security::bytes(security::sha256(nonce)));
  CHECK(world.begin(body(world.issuer.token({.subject = "1", .nonce = hashed}), nonce)).status == 200);
}

TEST_CASE("A token without a nonce is taken where the provider's option says so, at most five minutes old, and once") {
  WalkersWorld world(ON_EACH_DATABASE());
  CHECK(world.begin(body(world.issuer.token({.subject = "1"}))).status == 400);
  const auto token = world.issuer.token({.subject = "1", .age = 5min});
  CHECK(world.begin(body(token, "", "kakao")).status == 200);
  CHECK(world.begin(body(token, "", "kakao")).status == 401);
  CHECK(world.begin(body(world.issuer.token({.subject = "2", .age = 5min + 1s}), "", "kakao")).status == 401);
  // One that was asked for with a nonce is somebody's who has it.
  CHECK(world.begin(body(world.issuer.token({.subject = "3", .nonce = "n"}), "", "kakao")).status == 400);
}

TEST_CASE("A token for another app, of a provider that is not there, or that is none signs nobody in") {
  WalkersWorld world(storage::Dialect::sqlite);
  const auto nonce = world.nonce();
  const auto good = world.issuer.token({.subject = "1", .nonce = nonce});
  CHECK(world.begin(body(good, nonce, "nobody")).status == 400);
  CHECK(world.begin(body(good + "x", nonce)).status == 401);
  CHECK(world.begin(body("x", nonce)).status == 401);
  CHECK(world.begin(body(world.issuer.token({.subject = "1", .nonce = nonce, .audience = "another"}), nonce)).status ==
        401);
  CHECK(world.begin("{}").status == 400);
  CHECK(world.begin(R"({"provider":"office"})").status == 400);
  CHECK(world.begin(R"({"ticket":"x","provider":"office","idToken":"x"})").status == 400);
  CHECK(world.begin("[]").status == 400);
  CHECK(world.begin(body(good, nonce)).status == 200);  // what failed has used nothing up
}

TEST_CASE("While the issuer is away nobody is refused for good") {
  WalkersWorld world(storage::Dialect::sqlite);
  const auto nonce = world.nonce();
  const auto token = world.issuer.token({.subject = "1", .nonce = nonce});
  world.issuer.stop();
  const auto answer = world.begin(body(token, nonce));
  CHECK(answer.status == 503);
  CHECK(!answer.field("retry-after").empty());
}

TEST_CASE("A suspended walker does not sign in, until that is lifted") {
  WalkersWorld world(ON_EACH_DATABASE());
  const auto phone = world.phone("1");
  world.command("suspend", {{"walker", phone.uuid}});
  CHECK(world.me(phone).status == 401);
  CHECK(world.sign_in("1").status == 403);
  world.command("lift", {{"walker", phone.uuid}});
  CHECK(world.phone("1").uuid == phone.uuid);
  CHECK(world.me(phone).status == 401);  // what ended has ended
}
