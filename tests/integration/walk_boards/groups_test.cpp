#include "boards/group_board.hpp"
#include "boards_talk.hpp"
#include "walk/module.hpp"

using namespace dontgoback;
using namespace dontgoback::test;

namespace {

/// Ann's group, in which Bob and Dan are, who are no friends.
struct Family : Boards {
  explicit Family(storage::Dialect dialect) : Boards(dialect) {
    const auto answer = world.send(ann, "POST", "/api/v1/groups", R"({"name":"가족"})");
    REQUIRE(answer.status == 201);
    group = std::string(answer.at("/data/groupId").as_string());
    link =
        std::string(world.send(ann, "POST", "/api/v1/groups/" + group + "/links", "{}").at("/data/token").as_string());
    for (const auto& who : {bob, dan}) REQUIRE(join(who) == 200);
  }
  int join(const Walker& who) {
    return world.send(who, "POST", "/api/v1/groups/join", R"({"link":")" + link + "\"}").status;
  }
  Lines of_group(const Walker& who, const std::string& period = "today") {
    const auto answer = world.get(who, "/api/v1/boards/groups/" + group + "?period=" + period);
    if (answer.status != 200) return {std::to_string(answer.status)};
    return lines(answer.at("/data"));
  }
  Walker dan = world.walker("dan");
  std::string group, link;
};

}  // namespace

TEST_CASE("A group's board moves in steps of five minutes, the same for all of its members") {
  Family f(ON_EACH_DATABASE());
  f.walk(f.ann, "2027-01-15", 500);
  f.walk(f.bob, "2027-01-15", 700);
  CHECK(f.of_group(f.ann) == Lines{"1 bob 700", "2 ann 500 me", "3 dan 0"});
  f.walk(f.dan, "2027-01-15", 9000);
  f.world.clock.advance(walk::boards::kStands - std::chrono::milliseconds(1));
  CHECK(f.of_group(f.dan) == Lines{"1 bob 700", "2 ann 500", "3 dan 0 me"});
  CHECK(f.of_group(f.dan, "week")[0] == "1 dan 9000 me");  // which nobody looked at before
  f.world.clock.advance(std::chrono::milliseconds(1));
  CHECK(f.of_group(f.ann) == Lines{"1 dan 9000", "2 bob 700", "3 ann 500 me"});
  CHECK(f.of_group(f.cat) == Lines{"404"});
  CHECK(f.world.get(f.ann, "/api/v1/boards/groups/x").status == 404);
  CHECK(f.world.get(f.ann, "/api/v1/boards/groups/" + f.group + "?period=x").status == 400);

  SECTION("who leaves or is suspended is off it at once, who comes is on it with the next step") {
    REQUIRE(f.world.send(f.bob, "DELETE", "/api/v1/groups/" + f.group + "/members/me").status == 204);
    f.world.set_status(f.dan, walk::walkers::Status::leaving);
    REQUIRE(f.join(f.cat) == 200);
    CHECK(f.of_group(f.ann) == Lines{"1 ann 500 me"});
    CHECK(f.of_group(f.bob) == Lines{"404"});
    f.world.clock.advance(walk::boards::kStands);
    CHECK(f.of_group(f.ann) == Lines{"1 ann 500 me", "2 cat 0"});
  }
  SECTION("who takes its consent back is off it at once") {
    f.world.execute("UPDATE walkers SET consented_at = NULL WHERE nickname = 'dan'");
    CHECK(f.of_group(f.ann) == Lines{"1 bob 700", "2 ann 500 me"});
    f.world.clock.advance(walk::boards::kStands);
    CHECK(f.of_group(f.ann) == Lines{"1 bob 700", "2 ann 500 me"});
  }
  SECTION("a clock that was ahead is forgotten") {
    f.world.clock.jump(std::chrono::hours(24));
    f.of_group(f.ann);
    f.world.clock.jump(-std::chrono::hours(24));
    CHECK(f.of_group(f.ann).front() == "1 dan 9000");
  }
  SECTION("the group goes, and what it was shown") {
    REQUIRE(f.world.send(f.ann, "DELETE", "/api/v1/groups/" + f.group).status == 204);
    CHECK(f.world.number("SELECT COUNT(*) FROM group_boards") == 0);
  }
}

TEST_CASE("What a group is shown wrongly is found by the days it is made of, and made anew") {
  Family f(ON_EACH_DATABASE());
  walk::WalkModule module;
  const auto wrong = [&] {
    return json_at(f.world.node.command(module.commands(), "steps", "verify", {}, true).out, "/wrong").as_int64();
  };
  CHECK(wrong() == 0);
  f.walk(f.ann, "2027-01-15", 500);
  f.walk(f.bob, "2027-01-15", 700);
  const auto right = f.of_group(f.ann);
  f.of_group(f.ann, "month");
  CHECK(wrong() == 0);
  const auto text = [&](const std::string& totals) {
    f.world.execute("UPDATE group_boards SET totals = " + totals + " WHERE period = 0");
  };
  SECTION("more than was walked") { text("REPLACE(totals, '500', '999')"); }
  SECTION("no snapshot at all") { text("'rubbish'"); }
  SECTION("part of a line") { text("'1 2'"); }
  CHECK(wrong() == 1);
  CHECK(wrong() == 0);
  CHECK(f.of_group(f.ann) == right);
}

TEST_CASE("Whoever walked since a snapshot was taken does not make it wrong") {
  Family f(ON_EACH_DATABASE());
  f.of_group(f.ann);
  f.walk(f.ann, "2027-01-15", 500, 2'000'000'000'000 / 1000);
  f.world.execute("UPDATE step_days SET reached_at = 1800000000001");
  walk::WalkModule module;
  CHECK_THAT(f.world.node.command(module.commands(), "steps", "verify", {}, true).out, Catch::Contains("\"wrong\":0"));
}

TEST_CASE("A snapshot is read as it was written, and nothing else is one") {
  using namespace walk::boards;
  std::vector<Entry> entries(3);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    entries[i].walker.value = static_cast<std::int64_t>(i) + 1;
    entries[i].steps = 100 * static_cast<std::int64_t>(i);
    entries[i].reached_at = 1'800'000'000'000;
  }
  CHECK(to_text(from_text(to_text(entries))) == to_text(entries));
  for (const auto* bad : {"x", "1 2 3", "1 2 3 4 5", "1 2 3 -4", " 1 2 3 4", "1  2 3 4"}) {
    CAPTURE(bad);
    CHECK(from_text(bad).empty());
  }
}
