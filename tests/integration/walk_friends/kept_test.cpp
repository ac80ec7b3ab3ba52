// What there is at most, and what becomes of it with a walker.
#include "dontgoback/json/writer.hpp"
#include "friends_talk.hpp"

using namespace dontgoback;
using namespace dontgoback::test;

namespace {

/// So many walkers more, whose ids follow those there are, and for each a row of those kinds. On SQLite.
void crowd(Friends& f, WalkerId with, int many, int own, int others) {
  const auto before = f.world.number("SELECT MAX(id) FROM walkers");
  f.world.execute(
      "INSERT INTO walkers (uuid, nickname, renamed_at, status, status_at, offset_minutes, created_at) WITH RECURSIVE "
      "n "
      "(i) AS (SELECT " +
      std::to_string(before + 1) + " UNION ALL SELECT i + 1 FROM n WHERE i < " + std::to_string(before + many) +
      ") SELECT printf('%016d', i), '', 0, 0, 0, 0, 0 FROM n");
  const auto id = std::to_string(with.value);
  const auto after = " FROM walkers WHERE id > " + std::to_string(before);
  f.world.execute("INSERT INTO friendships (walker_id, other_id, kind, since) SELECT " + id + ", id, " +
                  std::to_string(own) + ", 0" + after);
  f.world.execute("INSERT INTO friendships (walker_id, other_id, kind, since) SELECT id, " + id + ", " +
                  std::to_string(others) + ", 0" + after);
}

}  // namespace

TEST_CASE("Friends, requests of both directions and blocks have an end, and the answer says which") {
  Friends f(storage::Dialect::sqlite);
  const auto says = [](const Answer& answer, const char* word) {
    CHECK(answer.status == 409);
    CHECK_THAT(answer.body, Catch::Contains(word));
  };
  SECTION("friends") {
    REQUIRE(f.ask(f.bob, f.ann).status == 201);
    crowd(f, f.ann.id, 500, 3, 3);
    says(f.ask(f.ann, f.cat), "500");
    says(f.world.send(f.ann, "PUT", "/api/v1/friends/requests/" + f.bob.uuid), "500");
    REQUIRE(f.ask(f.cat, f.ann).status == 201);  // which ann may make room for
    says(f.ask(f.ann, f.cat), "500");
    CHECK(f.world.get(f.ann, "/api/v1/friends?size=50").number("/data/count") == 500);
  }
  SECTION("the other's friends") {
    crowd(f, f.ann.id, 499, 3, 3);
    REQUIRE(f.ask(f.ann, f.bob).status == 201);
    f.befriend(f.ann, f.cat);
    says(f.world.send(f.bob, "PUT", "/api/v1/friends/requests/" + f.ann.uuid), "500");
  }
  SECTION("asked") {
    crowd(f, f.ann.id, 100, 1, 2);
    says(f.ask(f.ann, f.cat), "100");
    REQUIRE(f.ask(f.cat, f.ann).status == 201);
    CHECK(f.ask(f.ann, f.cat).at("/data/relation").as_string() == "FRIEND");  // an answer is no request
  }
  SECTION("asked by, the same for who is blocked") {
    REQUIRE(f.block(f.ann, f.bob) == 204);
    crowd(f, f.ann.id, 500, 2, 1);
    const auto refused = f.ask(f.cat, f.ann);
    CHECK(refused.status == 409);
    CHECK(f.ask(f.bob, f.ann).body == refused.body);
  }
  SECTION("blocks") {
    crowd(f, f.ann.id, 500, 4, 1);
    CHECK(f.block(f.ann, f.bob) == 409);
    CHECK(f.asked_by(f.ann).empty());
  }
}

TEST_CASE("Who asks too often is told to wait") {
  Friends f(storage::Dialect::sqlite);
  int status = 0;
  for (int i = 0; i < 40 && status != 429; ++i) {
    status = f.ask(f.ann, f.bob).status;
    f.decline(f.ann, f.bob);
  }
  CHECK(status == 429);
}

TEST_CASE("Ten thousand who ask one walker leave five hundred requests, which are read and answered as ever") {
  Friends f(storage::Dialect::sqlite);
  crowd(f, f.ann.id, 9500, 5, 1);  // whom it has refused
  crowd(f, f.ann.id, 500, 2, 1);
  CHECK(f.ask(f.bob, f.ann).status == 409);
  CHECK(f.world.get(f.ann, "/api/v1/friends/requests?size=50").number("/data/count") == 500);
  const auto first = f.world.get(f.ann, "/api/v1/friends/requests?size=1").at("/data/requests/0/walkerId");
  CHECK(f.world.send(f.ann, "DELETE", "/api/v1/friends/requests/" + std::string(first.as_string())).status == 204);
  CHECK(f.ask(f.bob, f.ann).status == 201);
  CHECK(f.accept(f.ann, f.bob) == 200);
}

TEST_CASE("What a walker has to do with others goes with it, or is drawn together with another's") {
  Friends f(ON_EACH_DATABASE());
  const auto& subscriber = walk::friends::subscriber();
  const auto dan = f.world.walker("dan");
  const auto merge = [&](const WalkWorld::Walker& from, const WalkWorld::Walker& to) {
    f.world.database.write([&](storage::Connection& c) { subscriber.merged(c, from.id, to.id); });
    CHECK(f.world.number("SELECT COUNT(*) FROM friendships WHERE walker_id = " + std::to_string(from.id.value) +
                         " OR other_id = " + std::to_string(from.id.value)) == 0);
    CHECK(f.both_sides_agree());
  };
  SECTION("removed, with its links") {
    f.befriend(f.ann, f.bob);
    REQUIRE(f.ask(f.cat, f.ann).status == 201);
    REQUIRE(f.block(dan, f.ann) == 204);
    f.befriend(f.bob, f.cat);
    REQUIRE(f.world.send(f.ann, "POST", "/api/v1/friends/link").status == 201);
    f.world.database.write([&](storage::Connection& c) { subscriber.removed(c, f.ann.id); });
    CHECK(f.world.number("SELECT COUNT(*) FROM friendships") == 2);
    CHECK(f.world.number("SELECT COUNT(*) FROM friend_links") == 0);
  }
  SECTION("a friendship beats a request, and a request joins what was nothing") {
    f.befriend(f.ann, f.cat);
    REQUIRE(f.ask(f.bob, f.cat).status == 201);
    REQUIRE(f.ask(f.ann, dan).status == 201);
    merge(f.ann, f.bob);
    CHECK(f.friends(f.bob) == Names{"cat"});
    CHECK(f.asked(f.bob) == Names{"dan"});
    CHECK(f.asked_by(dan) == Names{"bob"});
  }
  SECTION("a block beats a friendship, on either side") {
    f.befriend(f.ann, f.cat);
    f.befriend(f.ann, dan);
    REQUIRE(f.block(f.bob, f.cat) == 204);
    REQUIRE(f.block(dan, f.bob) == 204);
    merge(f.ann, f.bob);
    CHECK(f.friends(f.bob).empty());
    CHECK(f.friends(f.cat).empty());
    CHECK(f.blocks(f.bob) == Names{"cat"});
    CHECK(f.blocks(dan) == Names{"bob"});
  }
  SECTION("requests in both directions are one friendship") {
    REQUIRE(f.ask(f.ann, f.cat).status == 201);
    REQUIRE(f.ask(f.cat, f.bob).status == 201);
    merge(f.ann, f.bob);
    CHECK(f.friends(f.bob) == Names{"cat"});
  }
  SECTION("what was between the two is over") {
    f.befriend(f.ann, f.bob);
    merge(f.ann, f.bob);
    CHECK(f.world.number("SELECT COUNT(*) FROM friendships") == 0);
  }
}

TEST_CASE("A walker takes along whom it has to do with, as its lists show them") {
  Friends f(ON_EACH_DATABASE());
  const auto dan = f.world.walker("dan");
  f.befriend(f.ann, f.bob);
  REQUIRE(f.ask(f.cat, f.ann).status == 201);
  REQUIRE(f.block(f.ann, dan) == 204);
  REQUIRE(f.ask(dan, f.ann).status == 201);
  std::string text;
  json::Writer writer(text);
  f.world.database.read([&](storage::Connection& c) { walk::friends::exporter().write(c, f.ann.id, writer); });
  const auto named = [](const WalkWorld::Walker& who) {
    return R"([{"walkerId":")" + who.uuid + R"(","nickname":")" + who.nickname + "\"}]";
  };
  CHECK(text == R"({"friends":)" + named(f.bob) + R"(,"asked":[],"askedBy":)" + named(f.cat) + R"(,"blocks":)" +
                    named(dan) + "}");
}
