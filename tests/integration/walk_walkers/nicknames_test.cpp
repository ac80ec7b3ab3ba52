// What walkers call themselves, and what moderators do about it.
#include "integration/walk_walkers/walkers_world.hpp"

using namespace dontgoback;
using namespace dontgoback::test;
using namespace std::chrono_literals;

namespace {

Answer rename(WalkersWorld& world, const Phone& phone, const std::string& nickname) {
  return world.send(phone, "PATCH", "/api/v1/walkers/me", R"({"nickname":")" + nickname + "\"}");
}

}  // namespace

TEST_CASE("A nickname is unique whatever its case and composition, and found so") {
  WalkersWorld world(ON_EACH_DATABASE());
  const auto one = world.phone("1");
  const auto other = world.phone("2");
  CHECK(world.me(one).at("/data/nickname").is_null());
  CHECK(rename(world, one, "Ångström").at("/data/nickname").as_string() == "Ångström");
  CHECK(rename(world, other, "A\u030angstro\u0308m").status == 409);
  CHECK(rename(world, other, "ÅNGSTRÖM").status == 409);
  CHECK(rename(world, other, "angstrom").status == 200);
  CHECK(world.me(one).at("/data/nickname").as_string() == "Ångström");
  const auto found = [&](std::string_view nickname) {
    return world.database.read([&](storage::Connection& connection) {
      const auto walker = walk::walkers::find_by_nickname(connection, nickname);
      return walker ? to_string(walker->uuid) : std::string();
    });
  };
  CHECK(found("åNGSTRÖM") == one.uuid);
  CHECK(found("Angstrom") == other.uuid);
  CHECK(found("nobody").empty());
  CHECK(found("\xff").empty());
}

TEST_CASE("The first nickname is free, the next ones a week apart") {
  WalkersWorld world(ON_EACH_DATABASE());
  const auto start = world.phone("1");
  const auto signed_in = [&] { return world.phone("1"); };
  CHECK(rename(world, start, "하나둘셋").status == 200);
  CHECK(rename(world, start, "하나둘셋").status == 200);  // the same changes nothing
  CHECK(rename(world, start, "둘셋넷").status == 200);
  CHECK(rename(world, start, "셋넷다섯").status == 403);
  CHECK(rename(world, start, "둘셋넷").status == 200);
  world.clock.advance(7 * 24h - 1s);
  CHECK(rename(world, signed_in(), "셋넷다섯").status == 403);
  world.clock.advance(1s);
  CHECK(rename(world, signed_in(), "셋넷다섯").status == 200);
  SECTION("what a wrong clock wrote keeps nobody") {
    world.clock.jump(-400 * 24h);
    CHECK(rename(world, signed_in(), "넷다섯여섯").status == 200);
  }
  SECTION("what a moderator gave or took may be changed at once") {
    world.command("rename", {{"walker", start.uuid}, {"nickname", "바른이름"}});
    CHECK(rename(world, signed_in(), "넷다섯여섯").status == 200);
    world.command("remove-nickname", {{"walker", "넷다섯여섯"}});
    CHECK(world.me(signed_in()).at("/data/nickname").is_null());
    CHECK(rename(world, signed_in(), "다섯여섯").status == 200);
    CHECK(rename(world, signed_in(), "여섯일곱").status == 200);
  }
}

TEST_CASE("Commands show walkers and change them, by UUID, nickname or number") {
  WalkersWorld world(ON_EACH_DATABASE());
  const auto phone = world.phone("1");
  const auto other = world.phone("2");
  REQUIRE(rename(world, phone, "Walker_1").status == 200);
  REQUIRE(rename(world, other, "Other").status == 200);
  const auto shown = world.command("show", {{"walker", "walker_1"}}, true);
  CHECK(json_at(shown, "/walkerId").as_string() == phone.uuid);
  const auto number = std::to_string(json_at(shown, "/number").as_int64());
  CHECK(world.command("show", {{"walker", number}}, true) == shown);
  CHECK(json_at(world.command("list", {}, true), "/1/walkerId").as_string() == other.uuid);
  CHECK_THROWS_WITH(world.command("show", {{"walker", "nobody"}}), "there is no walker 'nobody'");
  CHECK_THROWS_WITH(world.command("rename", {{"walker", number}, {"nickname", "other"}}),
                    "Somebody else has that nickname.");
  CHECK_THROWS_AS(world.command("rename", {{"walker", number}, {"nickname", "x"}}), std::invalid_argument);
  const auto suspended = world.command("suspend", {{"walker", "Walker_1"}}, true);
  CHECK(json_at(suspended, "/status").as_string() == "SUSPENDED");
  CHECK(json_at(world.command("lift", {{"walker", "Walker_1"}}, true), "/status").as_string() == "ACTIVE");
}

TEST_CASE("A walker says what it shares and how its clock stands") {
  WalkersWorld world(ON_EACH_DATABASE());
  const auto phone = world.phone("1");
  const auto change = [&](const std::string& body) { return world.send(phone, "PATCH", "/api/v1/walkers/me", body); };
  CHECK_FALSE(world.me(phone).at("/data/sharesSteps").as_bool());
  CHECK(change(R"({"sharesSteps":true,"offsetMinutes":-720})").status == 200);
  CHECK(world.me(phone).at("/data/sharesSteps").as_bool());
  CHECK(world.me(phone).number("/data/offsetMinutes") == -720);
  CHECK(change(R"({"offsetMinutes":840})").status == 200);
  CHECK(change(R"({"offsetMinutes":841})").status == 400);
  CHECK(change(R"({"offsetMinutes":-721})").status == 400);
  CHECK(change(R"({"nickname":7})").status == 400);
  CHECK(change(R"({"sharesSteps":false})").status == 200);
  CHECK_FALSE(world.me(phone).at("/data/sharesSteps").as_bool());
  CHECK(change("{}").status == 200);
}
