#include "friends_talk.hpp"

using namespace dontgoback;
using namespace dontgoback::test;

TEST_CASE("A link asks for whoever made it, by its text or its token, until it expires or is taken back") {
  Friends f(ON_EACH_DATABASE());
  const auto make = [&] {
    const auto answer = f.world.send(f.ann, "POST", "/api/v1/friends/link");
    REQUIRE(answer.status == 201);
    return answer;
  };
  const auto ask = [&](const WalkWorld::Walker& who, std::string_view link) {
    return f.world.send(who, "POST", "/api/v1/friends/requests", R"({"link":")" + std::string(link) + "\"}");
  };
  const auto made = make();
  const std::string link(made.at("/data/link").as_string());
  const std::string token(made.at("/data/token").as_string());
  CHECK(token.size() >= 22);
  CHECK(link.ends_with("#" + token));
  CHECK(f.world.number("SELECT COUNT(*) FROM friend_links WHERE hash LIKE '%" + token + "%'") == 0);

  CHECK(ask(f.ann, link).status == 400);
  CHECK(ask(f.bob, link).at("/data/nickname").as_string() == "ann");
  CHECK(ask(f.cat, token).status == 201);
  CHECK(f.asked_by(f.ann) == Names{"bob", "cat"});
  const auto dan = f.world.walker("dan");

  SECTION("it expires") {
    f.world.clock.advance(std::chrono::hours(7 * 24));
    CHECK(ask(dan, token).status == 404);
  }
  SECTION("it is taken back") {
    CHECK(f.world.send(f.ann, "DELETE", "/api/v1/friends/link").status == 204);
    CHECK(f.world.send(f.ann, "DELETE", "/api/v1/friends/link").status == 204);
    CHECK(ask(dan, token).status == 404);
  }
  SECTION("ten stand at once") {
    for (int i = 0; i < 9; ++i) make();
    CHECK(ask(dan, token).status == 201);
    make();
    CHECK(ask(f.world.walker("eve"), token).status == 404);
    CHECK(f.world.number("SELECT COUNT(*) FROM friend_links") == 10);
  }
  SECTION("whoever made it is suspended") {
    f.world.set_status(f.ann, walk::walkers::Status::suspended);
    CHECK(ask(dan, token).status == 404);
  }
}
