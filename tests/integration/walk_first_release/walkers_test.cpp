// Walkers of the first release beside all others, and what becomes of them.
#include "first_release_world.hpp"
#include "walkers/life_cycle.hpp"
#include "walkers/nickname.hpp"

using namespace dontgoback;
using namespace dontgoback::test;
using storage::Connection;
using walk::walkers::Status;

namespace {

std::optional<WalkerId> found(FirstReleaseWorld& f, std::string_view nickname) {
  const auto walker = f.world.database.read(
      [&](Connection& connection) { return walk::walkers::find_by_nickname(connection, nickname); });
  return walker ? std::optional(walker->id) : std::nullopt;
}

std::string shown(FirstReleaseWorld& f, WalkerId id) {
  return f.world.database.read([&](Connection& connection) { return walk::walkers::find(connection, id)->nickname; });
}

void moderate(FirstReleaseWorld& f, WalkerId id, std::optional<std::string> nickname) {
  f.world.database.write([&](Connection& connection) {
    std::optional<walk::walkers::Nickname> given;
    if (nickname) given = walk::walkers::read_nickname(*nickname).value();
    CHECK(walk::walkers::give_nickname(connection, f.subscribers(), id, given).has_value());
  });
}

}  // namespace

TEST_CASE("Nicknames of the first release and those of others are two worlds") {
  FirstReleaseWorld f(ON_EACH_DATABASE());
  f.named("Ann_Walks");
  CHECK_FALSE(found(f, "ann_walks"));
  const auto proven = f.world.walker("ann_walks");
  CHECK(found(f, "ann_walks") == proven.id);
  const auto second = f.sign_up();
  CHECK(f.rename(second, "ANN_WALKS") == 409);
  CHECK(f.rename(second, "proven_one") == 200);
  f.world.walker("proven_one");
  CHECK(f.ask("proven_one", "ann_walks") == 201);
  CHECK(f.world.number("SELECT COUNT(*) FROM friendships WHERE walker_id = " + std::to_string(proven.id.value)) == 0);
}

TEST_CASE("Neither the secret nor what is public of a walker is the UUID that others could find it by") {
  FirstReleaseWorld f(storage::Dialect::sqlite);
  const auto ann = f.sign_up();
  std::string bare = ann.uuid;
  std::erase(bare, '-');
  CHECK(f.world.number("SELECT COUNT(*) FROM walkers WHERE LOWER(HEX(uuid)) = '" + bare + "'") == 0);
  CHECK(f.world.number("SELECT COUNT(*) FROM first_release_walkers r JOIN walkers w ON w.id = r.walker_id WHERE "
                       "LOWER(HEX(r.public_uuid)) = '" +
                       bare + "' OR r.public_uuid = w.uuid OR INSTR(r.secret, '" + bare + "') > 0") == 0);
  CHECK(f.world.number("SELECT COUNT(*) FROM walkers WHERE folded IS NOT NULL OR person IS NOT NULL") == 0);
}

TEST_CASE("A nickname that moderators gave or took stays where it was") {
  FirstReleaseWorld f(ON_EACH_DATABASE());
  const auto ann = f.named("rude_word");
  f.named("somebody");
  const auto id = f.id_of("rude_word");
  moderate(f, id, "polite");
  CHECK(shown(f, id) == "polite");
  CHECK_FALSE(found(f, "polite"));
  CHECK(f.ask("somebody", "rude_word") == 404);
  CHECK(f.ask("somebody", "polite") == 201);
  moderate(f, id, "somebody");  // whose it is: then it has none
  CHECK(shown(f, id).empty());
  CHECK_FALSE(found(f, "somebody"));
  CHECK(f.rename(ann, "polite") == 200);
  moderate(f, id, std::nullopt);
  CHECK(f.ask("somebody", "polite") == 404);
}

TEST_CASE("Who is suspended has no call left, and nobody finds it") {
  FirstReleaseWorld f(storage::Dialect::sqlite);
  const auto ann = f.named("suspended");
  f.named("somebody");
  f.world.execute("UPDATE walkers SET status = 1 WHERE id = " + std::to_string(f.id_of("suspended").value));
  CHECK(f.sign_in(ann).status == 401);
  CHECK(f.renew(ann.refresh).status == 401);
  CHECK(f.rename(ann, "another") == 404);
  CHECK(f.ask("somebody", "suspended") == 404);
}

TEST_CASE("Who leaves is gone at once, and its rows with the next run") {
  FirstReleaseWorld f(ON_EACH_DATABASE());
  const auto ann = f.named("leaves_us");
  f.named("remains");
  REQUIRE(f.ask("leaves_us", "remains") == 201);
  CHECK(f.post("/auth/delete", R"({"userId":")" + ann.uuid + "\"}").status == 201);
  CHECK(f.sign_in(ann).status == 401);
  CHECK(f.first_release_walkers() == 1);
  CHECK(f.run("walkers-leaving").value() == "removed 1 walkers");
  CHECK(f.walkers() == 1);
  CHECK(f.world.number("SELECT COUNT(*) FROM friendships") == 0);
}

TEST_CASE("Who is not seen for 400 days is removed, and nobody else") {
  FirstReleaseWorld f(ON_EACH_DATABASE());
  f.world.walker("proven_one");
  const auto ann = f.sign_up();
  f.sign_up();
  f.world.clock.advance(std::chrono::days(300));
  CHECK(f.update(ann, R"("dailyTargetStep":6000)") == 200);
  CHECK(f.run("first-release-walkers").value() == "removed 0 walkers of the first release");
  f.world.clock.advance(std::chrono::days(101));
  f.world.node.trust.confirm(false);
  CHECK_FALSE(f.run("first-release-walkers"));
  f.world.node.trust.confirm();
  CHECK(f.run("first-release-walkers").value() == "removed 1 walkers of the first release");
  CHECK(f.first_release_walkers() == 1);
  CHECK(f.run("walkers-leaving").value() == "removed 1 walkers");
  CHECK(f.walkers() == 2);
  CHECK(f.rename(ann, "still_here") == 200);
}

TEST_CASE("What is wrong with a change leaves all of it undone") {
  FirstReleaseWorld f(ON_EACH_DATABASE());
  const auto ann = f.named("first_name");
  CHECK(f.update(ann, R"("nickName":"second_name","fcmToken":"two words")") == 400);
  CHECK(f.update(ann, R"("nickName":"second_name","dailyTargetStep":-1)") == 400);
  CHECK(shown(f, f.id_of("first_name")) == "first_name");
  CHECK(f.update(ann, R"("fcmToken":"c9:APA91b-_","dailyTargetStep":7000)") == 200);
  CHECK(f.world.number("SELECT COUNT(*) FROM walker_devices WHERE address = 'c9:APA91b-_'") == 1);
  CHECK(f.world.number("SELECT steps FROM walk_goals") == 7000);
}
