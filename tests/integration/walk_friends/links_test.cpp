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

TEST_CASE("Whoever made links sees those that are good, without the links themselves, and takes one back alone") {
  Friends f(ON_EACH_DATABASE());
  const auto make = [&](const WalkWorld::Walker& who) {
    const auto answer = f.world.send(who, "POST", "/api/v1/friends/link");
    return std::pair(std::string(answer.at("/data/token").as_string()),
                     std::string(answer.at("/data/linkId").as_string()));
  };
  const auto listed = [&](const WalkWorld::Walker& who) {
    const auto answer = f.world.get(who, "/api/v1/friends/link");
    REQUIRE(answer.status == 200);
    std::vector<std::string> ids;
    const auto links = answer.at("/data/links");
    for (const auto& each : links.as_array()) ids.emplace_back(each.at("linkId").as_string());
    return ids;
  };
  const auto ask = [&](const std::string& token) {
    return f.world.send(f.bob, "POST", "/api/v1/friends/requests", R"({"link":")" + token + "\"}").status;
  };
  const auto end = [&](const WalkWorld::Walker& who, const std::string& id) {
    return f.world.send(who, "DELETE", "/api/v1/friends/link/" + id).status;
  };
  CHECK(listed(f.ann).empty());
  const auto [first_token, first] = make(f.ann);
  f.world.clock.advance(std::chrono::hours(24));
  const auto [second_token, second] = make(f.ann);
  const auto others = make(f.cat).second;
  CHECK(listed(f.ann) == std::vector{second, first});
  CHECK(f.world.get(f.ann, "/api/v1/friends/link").body.find(first_token) == std::string::npos);
  CHECK(ask(first) == 404);  // an id asks for nobody

  for (const auto& none : {others, std::string("x"), std::string(43, 'x'), std::string("%ED%95%9C"), first_token}) {
    CHECK(end(f.ann, none) == 404);
  }
  CHECK(listed(f.cat) == std::vector{others});
  CHECK(end(f.ann, first) == 204);
  CHECK(end(f.ann, first) == 404);
  CHECK(listed(f.ann) == std::vector{second});
  CHECK(ask(first_token) == 404);
  CHECK(ask(second_token) == 201);
  f.world.clock.advance(std::chrono::hours(7 * 24));
  CHECK(listed(f.ann).empty());
}
