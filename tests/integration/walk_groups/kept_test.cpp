// What there is at most, what becomes of it with a walker, and what is done about names.
#include "dontgoback/json/writer.hpp"
#include "groups_talk.hpp"
#include "walk/module.hpp"

using namespace dontgoback;
using namespace dontgoback::test;

TEST_CASE("A group has a hundred members at most, and a walker twenty groups") {
  Groups g(storage::Dialect::sqlite);
  SECTION("members") {
    const auto link = g.linked(g.ann, g.made(g.ann));
    g.world.execute(
        "INSERT INTO walkers (uuid, nickname, renamed_at, status, status_at, offset_minutes, created_at) WITH "
        "RECURSIVE "
        "n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 99) SELECT printf('%016d', i), '', 0, 0, 0, 0, 0 "
        "FROM n");
    g.world.execute(
        "INSERT INTO group_members (group_id, walker_id, since) SELECT 1, id, 0 FROM walkers WHERE nickname "
        "= ''");
    CHECK(g.join(g.bob, link) == 409);
    CHECK(g.join(g.ann, link) == 200);
  }
  SECTION("groups") {
    for (int i = 0; i < 20; ++i) g.made(g.ann, "g" + std::to_string(i));
    CHECK(g.create(g.ann, "one more").status == 409);
    CHECK(g.join(g.ann, g.linked(g.bob, g.made(g.bob))) == 409);
  }
}

TEST_CASE("What a walker is in goes with it, or is another's") {
  Groups g(ON_EACH_DATABASE());
  const auto& subscriber = walk::groups::subscriber();
  const auto group = g.made(g.ann);
  const auto link = g.linked(g.ann, group);
  REQUIRE(g.join(g.bob, link) == 200);
  SECTION("removed") {
    g.world.database.write([&](storage::Connection& c) { subscriber.removed(c, g.ann.id); });
    CHECK(g.members(g.bob, group) == Names{"bob owner"});
    g.world.database.write([&](storage::Connection& c) { subscriber.removed(c, g.bob.id); });
    CHECK(g.world.number("SELECT COUNT(*) FROM walk_groups") == 0);
  }
  SECTION("merged with a stranger") {
    g.world.database.write([&](storage::Connection& c) { subscriber.merged(c, g.ann.id, g.cat.id); });
    CHECK(g.members(g.cat, group) == Names{"bob", "cat owner"});
  }
  SECTION("merged with a member") {
    g.world.database.write([&](storage::Connection& c) { subscriber.merged(c, g.ann.id, g.bob.id); });
    CHECK(g.members(g.bob, group) == Names{"bob owner"});
    CHECK(g.members(g.ann, group) == Names{"404"});
  }
  SECTION("suspended") {
    g.world.set_status(g.bob, walk::walkers::Status::suspended);
    CHECK(g.members(g.ann, group) == Names{"ann owner"});
  }
}

TEST_CASE("A group is given another name, or closed, at the command line") {
  Groups g(ON_EACH_DATABASE());
  const auto group = g.made(g.ann, "나쁜 이름");
  const auto link = g.linked(g.ann, group);
  REQUIRE(g.join(g.bob, link) == 200);
  walk::WalkModule module;
  const auto command = [&](const std::string& name, const GivenOptions& given) {
    return g.world.node.command(module.commands(), "walkers", name, given, true).out;
  };
  SECTION("renamed") {
    command("rename-group", {{"id", group}, {"name", "그룹"}});
    CHECK(g.groups(g.bob) == Names{"그룹"});
    CHECK_THROWS_AS(command("rename-group", {{"id", group}, {"name", "..."}}), std::invalid_argument);
  }
  SECTION("closed") {
    command("close-group", {{"id", group}});
    CHECK(g.groups(g.bob).empty());
    CHECK(g.members(g.ann, group) == Names{"404"});
    CHECK(g.join(g.cat, link) == 404);
    CHECK_THROWS_AS(command("close-group", {{"id", group}}), std::runtime_error);
  }
  CHECK_THROWS_AS(command("close-group", {{"id", "x"}}), std::invalid_argument);
}

TEST_CASE("A walker takes along which groups it is in") {
  Groups g(ON_EACH_DATABASE());
  const auto group = g.made(g.ann, "가족");
  REQUIRE(g.join(g.bob, g.linked(g.ann, group)) == 200);
  std::string text;
  json::Writer writer(text);
  g.world.database.read([&](storage::Connection& c) { walk::groups::exporter().write(c, g.bob.id, writer); });
  CHECK(text == R"([{"groupId":")" + group + R"(","name":"가족","isOwner":false}])");
}
