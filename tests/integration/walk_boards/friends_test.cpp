#include <algorithm>

#include "boards_talk.hpp"

using namespace dontgoback;
using namespace dontgoback::test;

// The clock stands at 2027-01-15T08:00Z, a Friday; in Seoul it is 17:00.

TEST_CASE("A board has oneself and one's friends, who walked most first") {
  Boards b(ON_EACH_DATABASE());
  const auto dan = b.world.walker("dan");
  b.befriend(b.bob, dan);
  b.walk(b.ann, "2027-01-15", 500);
  b.walk(b.bob, "2027-01-15", 700);
  b.walk(dan, "2027-01-15", 9000);
  b.walk(b.cat, "2027-01-14", 9000);
  CHECK(b.board(b.ann) == Lines{"1 bob 700", "2 ann 500 me", "3 cat 0"});
  CHECK(b.board(b.cat) == Lines{"1 ann 500", "2 cat 0 me"});
  CHECK(b.board(dan) == Lines{"1 dan 9000 me", "2 bob 700"});

  const auto answer = b.world.get(b.ann, "/api/v1/boards/friends");
  CHECK(answer.at("/data/period").as_string() == "today");
  CHECK(answer.at("/data/from").as_string() == "2027-01-15");
  CHECK(answer.at("/data/me/rank").as_int64() == 2);
  CHECK(answer.at("/data/me/walkerId").as_string() == b.ann.uuid);
  CHECK_THAT(answer.body, !Catch::Contains("At\"") && !Catch::Contains("seen"));
  CHECK(b.world.get(b.ann, "/api/v1/boards/friends?period=year").status == 400);
  CHECK(Browser(b.world.node.address()).get("/api/v1/boards/friends").status == 401);
}

TEST_CASE("A week begins on Monday and a month on its first, and their days are added up") {
  Boards b(ON_EACH_DATABASE());
  b.walk(b.ann, "2026-12-31", 10000);
  b.walk(b.ann, "2027-01-01", 1000);
  b.walk(b.ann, "2027-01-10", 100);
  b.walk(b.ann, "2027-01-11", 10);
  b.walk(b.ann, "2027-01-15", 1);
  b.walk(b.ann, "2027-01-16", 50000);  // a clock that is ahead
  b.walk(b.bob, "2027-01-11", 12);
  CHECK(b.board(b.ann, "week") == Lines{"1 bob 12", "2 ann 11 me", "3 cat 0"});
  CHECK(b.board(b.ann, "month") == Lines{"1 ann 1111 me", "2 bob 12", "3 cat 0"});
  const auto answer = b.world.get(b.ann, "/api/v1/boards/friends?period=month");
  CHECK(answer.at("/data/from").as_string() == "2027-01-01");
  CHECK(answer.at("/data/to").as_string() == "2027-01-15");
}

TEST_CASE("Each walker's today is that of its own clock") {
  Boards b(ON_EACH_DATABASE());
  b.world.clock.set(time::Timestamp(std::chrono::milliseconds(1'803'902'400'000)));  // 2027-03-01T12:00Z
  const auto east = b.world.walker("east", 14 * 60);                                 // where it is March 2nd
  const auto west = b.world.walker("west", -12 * 60);                                // March 1st, 00:00
  const auto farther = b.world.walker("farther", -12 * 60);
  for (const auto& other : {east, west, farther}) b.befriend(b.ann, other);
  b.walk(b.ann, "2027-03-01", 5);
  b.walk(east, "2027-03-02", 40);
  b.walk(east, "2027-03-01", 400);
  b.walk(west, "2027-03-01", 30);
  b.walk(west, "2027-02-28", 3000);
  const auto board = b.board(b.ann);
  CHECK(Lines(board.begin(), board.begin() + 3) == Lines{"1 east 40", "2 west 30", "3 ann 5 me"});
  CHECK(std::ranges::count(board, "4 farther 0") == 1);
  b.world.clock.jump(std::chrono::minutes(-1));  // where it is still February
  CHECK(b.board(b.ann)[0] == "1 west 3000");
  CHECK(b.board(b.ann, "month")[0] == "1 west 3000");
  CHECK(b.board(west, "month")[0] == "1 west 3000 me");
  CHECK(b.world.get(west, "/api/v1/boards/friends?period=month").at("/data/from").as_string() == "2027-02-01");
  CHECK(b.world.get(east, "/api/v1/boards/friends?period=week").at("/data/to").as_string() == "2027-03-02");
}

TEST_CASE("Of equal many those who had them first stand first, and only the same moment is the same rank") {
  Boards b(ON_EACH_DATABASE());
  b.walk(b.ann, "2027-01-15", 700, 20);
  b.walk(b.bob, "2027-01-15", 700, 10);
  b.walk(b.cat, "2027-01-15", 700, 20);
  const auto board = b.board(b.ann);
  CHECK(board[0] == "1 bob 700");
  CHECK(std::set(board.begin() + 1, board.end()) == std::set<std::string>{"2 ann 700 me", "2 cat 700"});
}

TEST_CASE("A day of low confidence stands below the line, without a rank") {
  Boards b(ON_EACH_DATABASE());
  b.walk(b.ann, "2027-01-15", 500);
  b.walk(b.bob, "2027-01-15", 90000, 1, 49);
  b.walk(b.cat, "2027-01-15", 400, 1, 50);
  CHECK(b.board(b.ann) == Lines{"1 ann 500 me", "2 cat 400", "- bob 90000 doubtful"});
  b.walk(b.bob, "2027-01-14", 270000);
  CHECK(b.board(b.ann, "week")[0] == "1 bob 360000");  // a quarter of it is doubtful
  b.walk(b.bob, "2027-01-13", 1, 1, 0);
  CHECK(b.board(b.ann, "week")[2] == "- bob 360001 doubtful");
}

TEST_CASE("Who takes its consent back is on its own board and nobody else's") {
  Boards b(ON_EACH_DATABASE());
  b.walk(b.ann, "2027-01-15", 1);
  b.walk(b.bob, "2027-01-15", 700);
  b.world.execute("UPDATE walkers SET consented_at = NULL WHERE nickname = 'bob'");
  for (const auto* period : {"today", "week"}) {
    CHECK(b.board(b.ann, period) == Lines{"1 ann 1 me", "2 cat 0"});
    CHECK(b.board(b.bob, period) == Lines{"1 bob 700 me", "2 ann 1"});
  }
}

TEST_CASE("Who is suspended, leaves, or is a friend no more is on nobody's board") {
  Boards b(ON_EACH_DATABASE());
  b.walk(b.ann, "2027-01-15", 1);
  b.world.set_status(b.bob, walk::walkers::Status::suspended);
  CHECK(b.board(b.ann) == Lines{"1 ann 1 me", "2 cat 0"});
  b.world.set_status(b.bob, walk::walkers::Status::active);
  REQUIRE(b.world.send(b.bob, "PUT", "/api/v1/friends/blocks/" + b.ann.uuid).status == 204);
  CHECK(b.board(b.ann) == Lines{"1 ann 1 me", "2 cat 0"});
  CHECK(b.board(b.bob) == Lines{"1 bob 0 me"});
}
