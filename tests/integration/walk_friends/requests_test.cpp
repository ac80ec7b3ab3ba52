#include "friends_talk.hpp"

using namespace dontgoback;
using namespace dontgoback::test;

TEST_CASE("Who is found by the exact nickname is asked, says yes, and is a friend until one of the two ends it") {
  Friends f(ON_EACH_DATABASE());
  CHECK(f.relation(f.ann, f.bob) == "NONE");
  CHECK(f.relation(f.ann, f.ann) == "ME");
  CHECK(f.world.get(f.ann, "/api/v1/friends/search?nickname=bo").status == 404);
  CHECK(f.world.get(f.ann, "/api/v1/friends/search").status == 400);
  CHECK(f.world.get(f.ann, "/api/v1/friends/search?nickname=%ff").status == 400);
  CHECK(f.world.get(f.ann, "/api/v1/friends/search?nickname=bob").at("/data/walkerId").as_string() == f.bob.uuid);

  const auto asked = f.ask(f.ann, f.bob);
  CHECK(asked.status == 201);
  CHECK(asked.at("/data/relation").as_string() == "REQUESTED");
  CHECK(f.ask(f.ann, f.bob).status == 200);  // again
  CHECK(f.heard.taken() == std::vector{Heard::line("asked", f.ann.id, f.bob.id)});
  CHECK(f.relation(f.ann, f.bob) == "REQUESTED");
  CHECK(f.relation(f.bob, f.ann) == "REQUESTED_ME");
  CHECK(f.asked(f.ann) == Names{"bob"});
  CHECK(f.asked_by(f.bob) == Names{"ann"});
  CHECK(f.asked_by(f.ann).empty());
  CHECK(f.accept(f.ann, f.bob) == 404);  // its own request
  CHECK(f.accept(f.cat, f.bob) == 404);

  CHECK(f.accept(f.bob, f.ann) == 200);
  CHECK(f.accept(f.bob, f.ann) == 200);
  CHECK(f.accept(f.ann, f.bob) == 200);
  CHECK(f.heard.taken() == std::vector{Heard::line("friends", f.bob.id, f.ann.id)});
  CHECK(f.friends(f.ann) == Names{"bob"});
  CHECK(f.friends(f.bob) == Names{"ann"});
  CHECK(f.asked(f.ann).empty());
  CHECK(f.asked_by(f.bob).empty());
  CHECK(f.ask(f.bob, f.ann).at("/data/relation").as_string() == "FRIEND");
  f.world.database.read([&](storage::Connection& c) {
    CHECK(walk::friends::are_friends(c, f.ann.id, f.bob.id));
    CHECK_FALSE(walk::friends::are_friends(c, f.ann.id, f.cat.id));
    CHECK(walk::friends::friends_of(c, f.ann.id) == std::vector{f.bob.id});
  });

  CHECK(f.remove(f.bob, f.ann) == 204);
  CHECK(f.remove(f.bob, f.ann) == 204);
  CHECK(f.heard.taken() == std::vector{Heard::line("parted", f.bob.id, f.ann.id)});
  CHECK(f.friends(f.ann).empty());
  CHECK(f.world.number("SELECT COUNT(*) FROM friendships") == 0);
}

TEST_CASE("Two who ask each other are friends, and who is refused is not told") {
  Friends f(ON_EACH_DATABASE());
  SECTION("crossing") {
    REQUIRE(f.ask(f.ann, f.bob).status == 201);
    const auto crossing = f.ask(f.bob, f.ann);
    CHECK(crossing.status == 201);
    CHECK(crossing.at("/data/relation").as_string() == "FRIEND");
    CHECK(f.friends(f.ann) == Names{"bob"});
  }
  SECTION("refused") {
    REQUIRE(f.ask(f.ann, f.bob).status == 201);
    CHECK(f.decline(f.bob, f.ann) == 204);
    CHECK(f.decline(f.bob, f.ann) == 204);
    CHECK(f.asked_by(f.bob).empty());
    CHECK(f.asked(f.ann) == Names{"bob"});  // as if it were only not answered
    CHECK(f.accept(f.bob, f.ann) == 404);
    f.heard.taken();
    CHECK(f.decline(f.ann, f.bob) == 204);
    CHECK(f.asked(f.ann).empty());
    CHECK(f.ask(f.ann, f.bob).status == 201);  // and is not heard again
    CHECK(f.asked_by(f.bob).empty());
    CHECK(f.heard.taken().empty());
    CHECK(f.ask(f.bob, f.ann).at("/data/relation").as_string() == "FRIEND");  // who thought better of it
  }
  SECTION("taken back") {
    REQUIRE(f.ask(f.ann, f.bob).status == 201);
    CHECK(f.decline(f.ann, f.bob) == 204);
    CHECK(f.asked_by(f.bob).empty());
    CHECK(f.accept(f.bob, f.ann) == 404);
    CHECK(f.world.number("SELECT COUNT(*) FROM friendships") == 0);
  }
  CHECK(f.both_sides_agree());
}

TEST_CASE("What names nobody is answered as such, and oneself is no friend") {
  Friends f(ON_EACH_DATABASE());
  const std::string nobody = "00000000-0000-4000-8000-000000000000";
  for (const std::string& path : std::vector<std::string>{"requests/" + nobody, "requests/17", "requests/x", nobody,
                                                          "17", "blocks/" + nobody, "blocks/x"}) {
    CAPTURE(path);
    CHECK(f.world.send(f.ann, "DELETE", "/api/v1/friends/" + path).status == 404);
  }
  CHECK(f.world.send(f.ann, "PUT", "/api/v1/friends/blocks/" + nobody).status == 404);
  CHECK(f.world.send(f.ann, "PUT", "/api/v1/friends/requests/" + nobody).status == 404);
  CHECK(f.ask(f.ann, f.ann).status == 400);
  CHECK(f.block(f.ann, f.ann) == 400);
  CHECK(f.accept(f.ann, f.ann) == 404);
  for (const auto& body : std::vector<std::string>{R"({"walkerId":")" + nobody + "\"}", R"({"walkerId":"x"})",
                                                   R"({"link":"x"})", R"({"link":""})"}) {
    CAPTURE(body);
    CHECK(f.world.send(f.ann, "POST", "/api/v1/friends/requests", body).status == 404);
  }
  for (const auto* body : {"{}", "[]", "x", R"({"walkerId":1})", R"({"walkerId":"x","link":"x"})"}) {
    CAPTURE(body);
    CHECK(f.world.send(f.ann, "POST", "/api/v1/friends/requests", body).status == 400);
  }
  CHECK(f.world.get(f.ann, "/api/v1/friends/requests?direction=x").status == 400);
  CHECK(f.world.get(f.ann, "/api/v1/friends?lastWalkerId=x").status == 400);
  CHECK(f.world.get(f.ann, "/api/v1/friends?size=0").status == 400);
  CHECK(Browser(f.world.node.address()).get("/api/v1/friends").status == 401);
}

TEST_CASE("Who is suspended or leaves is as if not there, and is there again afterwards") {
  Friends f(ON_EACH_DATABASE());
  const auto away = GENERATE(walk::walkers::Status::suspended, walk::walkers::Status::leaving);
  f.befriend(f.ann, f.bob);
  REQUIRE(f.ask(f.bob, f.cat).status == 201);
  f.world.set_status(f.bob, away);
  CHECK(f.friends(f.ann).empty());
  CHECK(f.asked_by(f.cat).empty());
  CHECK(f.relation(f.ann, f.bob) == "404");
  CHECK(f.ask(f.ann, f.bob).status == 404);
  CHECK(f.remove(f.ann, f.bob) == 404);
  CHECK(f.block(f.ann, f.bob) == 404);
  CHECK(f.accept(f.cat, f.bob) == 404);
  f.world.database.read([&](storage::Connection& c) { CHECK(walk::friends::friends_of(c, f.ann.id).empty()); });
  f.world.set_status(f.bob, walk::walkers::Status::active);
  CHECK(f.friends(f.ann) == Names{"bob"});
  CHECK(f.asked_by(f.cat) == Names{"bob"});
}

TEST_CASE("Lists are read page by page, whatever happens to whom the last page ended with") {
  Friends f(ON_EACH_DATABASE());
  for (int i = 0; i < 7; ++i) REQUIRE(f.ask(f.world.walker("w" + std::to_string(i)), f.ann).status == 201);
  Names found;
  std::string last, query;
  for (int page = 0; page < 5; ++page) {
    const auto answer = f.world.get(f.ann, "/api/v1/friends/requests?size=2" + query);
    const auto requests = answer.at("/data/requests").as_array();
    for (const auto& each : requests) {
      const std::string uuid(each.at("walkerId").as_string());
      CHECK(uuid > last);
      last = uuid;
      CHECK(found.insert(std::string(each.at("nickname").as_string())).second);
    }
    if (requests.empty()) break;
    query = "&lastWalkerId=" + last;
    CHECK(f.world.send(f.ann, "PUT", "/api/v1/friends/requests/" + last).status == 200);
  }
  CHECK(found.size() == 7);
}
