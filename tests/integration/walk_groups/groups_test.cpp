#include <thread>

#include "groups_talk.hpp"

using namespace dontgoback;
using namespace dontgoback::test;

TEST_CASE("Whoever has a group's link is in it, and to everybody else there is no such group") {
  Groups g(ON_EACH_DATABASE());
  const auto group = g.made(g.ann, "  우리 회사 ");
  CHECK(g.groups(g.ann) == Names{"우리 회사"});
  CHECK(g.members(g.ann, group) == Names{"ann owner"});
  const auto link = g.linked(g.ann, group);
  const auto token = link.substr(link.find('#') + 1);
  CHECK(g.world.number("SELECT COUNT(*) FROM group_links WHERE hash LIKE '%" + token + "%'") == 0);
  CHECK(g.join(g.bob, link) == 200);
  CHECK(g.join(g.bob, token) == 200);  // again
  CHECK(g.groups(g.bob) == Names{"우리 회사"});
  CHECK(g.members(g.bob, group) == Names{"ann owner", "bob"});

  const auto path = "/api/v1/groups/" + group;
  for (const auto& [method, target, body] : std::vector<std::array<std::string, 3>>{
           {"GET", path + "/members", ""},
           {"PATCH", path, R"({"name":"x"})"},
           {"DELETE", path, ""},
           {"POST", path + "/links", "{}"},
           {"DELETE", path + "/links", ""},
           {"DELETE", path + "/members/me", ""},
           {"DELETE", path + "/members/" + g.ann.uuid, ""},
       }) {
    CAPTURE(method, target);
    CHECK(g.world.send(g.cat, method, target, body).status == 404);
    CHECK(Browser(g.world.node.address()).send(method, target, body).status == 401);
    for (const auto* nobody : {"x", "17", "00000000-0000-4000-8000-000000000000"}) {
      auto other = target;
      other.replace(other.find(group), group.size(), nobody);
      CHECK(g.world.send(g.ann, method, other, body).status == 404);
    }
  }
  // What only the owner may.
  for (const auto& [method, target, body] : std::vector<std::array<std::string, 3>>{
           {"PATCH", path, R"({"name":"x"})"},
           {"DELETE", path, ""},
           {"POST", path + "/links", "{}"},
           {"DELETE", path + "/links", ""},
           {"DELETE", path + "/members/" + g.ann.uuid, ""},
       }) {
    CAPTURE(method, target);
    CHECK(g.world.send(g.bob, method, target, body).status == 403);
  }

  CHECK(g.world.send(g.ann, "PATCH", path, R"({"name":"가족"})").at("/data/name").as_string() == "가족");
  CHECK(g.leave(g.ann, group, g.bob.uuid) == 204);
  CHECK(g.leave(g.ann, group, g.bob.uuid) == 204);
  CHECK(g.members(g.ann, group) == Names{"ann owner"});
  CHECK(g.groups(g.bob).empty());
  CHECK(g.world.send(g.ann, "DELETE", path).status == 204);
  CHECK(g.world.send(g.ann, "DELETE", path).status == 404);
  CHECK(g.join(g.cat, link) == 404);
  for (const auto* table : {"walk_groups", "group_members", "group_links"}) {
    CHECK(g.world.number(std::string("SELECT COUNT(*) FROM ") + table) == 0);
  }
}

TEST_CASE("A link is used up, expires, and is taken back") {
  Groups g(ON_EACH_DATABASE());
  const auto group = g.made(g.ann);
  const auto once = g.linked(g.ann, group, R"({"uses":1,"days":1})");
  const auto twice = g.linked(g.ann, group, R"({"uses":2,"days":30})");
  CHECK(g.join(g.ann, once) == 200);  // a member uses nothing
  CHECK(g.join(g.bob, once) == 200);
  CHECK(g.join(g.cat, once) == 404);
  SECTION("expired") {
    g.world.clock.advance(std::chrono::hours(30 * 24));
    CHECK(g.join(g.cat, twice) == 404);
  }
  SECTION("taken back") {
    CHECK(g.world.send(g.ann, "DELETE", "/api/v1/groups/" + group + "/links").status == 204);
    CHECK(g.join(g.cat, twice) == 404);
  }
  SECTION("ten stand at once") {
    for (int i = 0; i < 10; ++i) g.linked(g.ann, group);
    CHECK(g.join(g.cat, twice) == 404);
    CHECK(g.world.number("SELECT COUNT(*) FROM group_links") == 10);
  }
  CHECK(g.join(g.cat, "") == 404);
  for (const auto* body :
       {R"({"uses":0})", R"({"uses":101})", R"({"days":0})", R"({"days":31})", R"({"uses":"x"})", "x"}) {
    CAPTURE(body);
    CHECK(g.link(g.ann, group, body).status == 400);
  }
}

TEST_CASE("Of many who join at once by a link for one, one is in") {
  Groups g(storage::Dialect::mysql);
  const auto link = g.linked(g.ann, g.made(g.ann), R"({"uses":1})");
  std::vector<WalkWorld::Walker> others;
  for (int i = 0; i < 6; ++i) others.push_back(g.world.walker("w" + std::to_string(i)));
  std::atomic<int> joined{0};
  std::vector<std::thread> threads;
  for (const auto& other : others) threads.emplace_back([&] { joined += g.join(other, link) == 200 ? 1 : 0; });
  for (auto& thread : threads) thread.join();
  CHECK(joined == 1);
  CHECK(g.world.number("SELECT COUNT(*) FROM group_members") == 2);
}

TEST_CASE("A group whose owner leaves is of who has been there longest, and without members is gone") {
  Groups g(ON_EACH_DATABASE());
  const auto group = g.made(g.ann);
  const auto link = g.linked(g.ann, group);
  g.world.clock.advance(std::chrono::seconds(1));
  REQUIRE(g.join(g.cat, link) == 200);
  g.world.clock.advance(std::chrono::seconds(1));
  REQUIRE(g.join(g.bob, link) == 200);
  CHECK(g.leave(g.ann, group) == 204);
  CHECK(g.members(g.bob, group) == Names{"bob", "cat owner"});
  CHECK(g.leave(g.bob, group, g.bob.uuid) == 204);
  CHECK(g.leave(g.cat, group) == 204);
  CHECK(g.world.number("SELECT COUNT(*) FROM walk_groups") == 0);
}

TEST_CASE("A name has a letter or a digit, thirty characters at most, and nothing that cannot be seen") {
  Groups g(storage::Dialect::sqlite);
  std::string thirty, decomposed;
  for (int i = 0; i < 30; ++i) thirty += "가", decomposed += "\u1112\u1161\u11ab";
  for (const auto& good : {std::string("1"), thirty, decomposed, std::string("우리 가족 🏃")}) {
    CHECK(g.create(g.ann, good).status == 201);
  }
  for (const auto& bad : {std::string(), std::string("  "), std::string("..."), thirty + "가", std::string("a\\u0000b"),
                          std::string("a\\nb"), std::string(200, 'x')}) {
    CAPTURE(bad);
    CHECK(g.create(g.ann, bad).status == 400);
  }
}
