#include "../http/peer.hpp"
#include "boards/streams.hpp"
#include "boards_talk.hpp"

using namespace dontgoback;
using namespace dontgoback::test;

namespace {

/// What an EventSource does, one connection of it.
class OpenBoard {
 public:
  OpenBoard(Boards& boards, const WalkWorld::Walker& who, const std::string& period = "today")
      : peer_(port(boards.world.node.address())) {
    peer_.send("GET /api/v1/boards/friends/stream?period=" + period +
               " HTTP/1.0\r\nHost: test\r\nX-Walker: " + std::to_string(who.id.value) + "\r\n\r\n");
    head = peer_.read_head();
  }
  std::string block() { return peer_.read_until("\n\n"); }
  /// The next event of that name: its data. The others are passed over.
  boost::json::value next(std::string_view name) {
    const auto begin = "event: " + std::string(name) + "\ndata: ";
    for (;;) {
      const auto text = block();
      if (text.starts_with(begin)) return json_at(text.substr(begin.size()), "");
    }
  }
  Lines board() { return Boards::lines(next("board")); }
  bool ended() {
    try {
      for (;;) last_block = block();
    } catch (const std::runtime_error& error) {
      return std::string_view(error.what()).starts_with("ended");
    }
  }
  void close() { peer_.close(); }

  http::testing::Reply head;
  std::string last_block;

 private:
  static unsigned short port(const std::string& address) {
    return static_cast<unsigned short>(std::stoi(address.substr(address.rfind(':') + 1)));
  }
  http::testing::Peer peer_;
};

void pass(Boards& b, std::chrono::milliseconds time) {
  std::this_thread::sleep_for(std::chrono::milliseconds(150));  // the thread has read what it was told
  b.world.clock.advance(time);
}

}  // namespace

TEST_CASE("An open board is sent whole, and again when somebody on it walked") {
  Boards b(ON_EACH_DATABASE());
  OpenBoard open(b, b.ann);
  OpenBoard week(b, b.ann, "week");
  CHECK(open.head.status == 200);
  CHECK(open.head.header("content-type") == "text/event-stream");
  CHECK(open.block().starts_with("retry: "));
  CHECK(open.board().size() == 3);
  CHECK(week.next("board").at("period").as_string() == "week");
  b.walk(b.bob, "2027-01-15", 700);
  pass(b, std::chrono::seconds(1));
  CHECK(open.board()[0] == "1 bob 700");
  CHECK(week.board()[0] == "1 bob 700");
  const auto dan = b.world.walker("dan");
  b.walk(dan, "2027-01-15", 9000);  // who is on no board
  b.walk(b.bob, "2027-01-15", 700);
  b.walk(b.ann, "2027-01-15", 800);
  pass(b, std::chrono::seconds(1));
  CHECK(open.board()[0] == "1 ann 800 me");

  SECTION("a new friend") {
    REQUIRE(b.world.send(dan, "POST", "/api/v1/friends/requests", R"({"walkerId":")" + b.ann.uuid + "\"}").status ==
            201);
    REQUIRE(b.world.send(b.ann, "PUT", "/api/v1/friends/requests/" + dan.uuid).status == 200);
    pass(b, std::chrono::seconds(1));
    CHECK(open.board()[0] == "1 dan 9000");
    b.walk(dan, "2027-01-15", 9001);
    pass(b, std::chrono::seconds(1));
    CHECK(open.board()[0] == "1 dan 9001");
  }
  SECTION("a friend no more") {
    REQUIRE(b.world.send(b.bob, "DELETE", "/api/v1/friends/" + b.ann.uuid).status == 204);
    pass(b, std::chrono::seconds(1));
    CHECK(open.board().size() == 2);
  }
  SECTION("many") {
    b.world.execute("UPDATE step_days SET total = 1000 WHERE walker_id = " + std::to_string(b.bob.id.value));
    b.world.node.host().state.publish(walk::steps::kChangedTopic, "many");
    pass(b, std::chrono::seconds(1));
    CHECK(open.board()[0] == "1 bob 1000");
  }
  SECTION("several") {
    b.world.execute("UPDATE step_days SET total = 1000 WHERE walker_id = " + std::to_string(b.bob.id.value));
    b.world.node.host().state.publish(walk::steps::kChangedTopic, "4711," + std::to_string(b.bob.id.value));
    pass(b, std::chrono::seconds(1));
    CHECK(open.board()[0] == "1 bob 1000");
  }
  SECTION("what nobody told") {
    b.world.execute("UPDATE step_days SET total = 1000 WHERE walker_id = " + std::to_string(b.bob.id.value));
    pass(b, walk::boards::Streams::kPace.reread + std::chrono::seconds(1));
    CHECK(open.board()[0] == "1 bob 1000");
  }
  SECTION("another day") {
    b.world.clock.jump(std::chrono::hours(8));
    pass(b, walk::boards::Streams::kPace.reread + std::chrono::seconds(1));
    const auto board = open.board();
    CHECK(std::set(board.begin(), board.end()) == std::set<std::string>{"1 ann 0 me", "1 bob 0", "1 cat 0"});
  }
}

TEST_CASE("A thousand steps within a second are one event, and none when nothing is new") {
  Boards b(storage::Dialect::sqlite);
  OpenBoard open(b, b.ann);
  CHECK(open.board().size() == 3);
  for (int i = 1; i <= 200; ++i) b.walk(b.bob, "2027-01-15", i);
  pass(b, std::chrono::seconds(1));
  CHECK(open.board()[0] == "1 bob 200");
  b.walk(b.bob, "2027-01-15", 200);
  pass(b, http::EventStreams::kHeartbeatEvery);
  CHECK(open.block() == "event: heartbeat\ndata: {}");
}

TEST_CASE("A stream ends with its session, with its hour, and where a walker has too many") {
  Boards b(storage::Dialect::sqlite);
  OpenBoard open(b, b.ann);
  OpenBoard of_bob(b, b.bob);
  open.board();
  of_bob.board();
  SECTION("told") {
    b.ended = b.ann.id.value;
    b.world.node.host().state.publish(walk::walkers::kSessionEndedTopic, std::to_string(b.ann.id.value));
    CHECK(open.ended());
  }
  SECTION("not told") {
    b.ended = b.ann.id.value;
    pass(b, walk::boards::Streams::kPace.reread + std::chrono::seconds(1));
    CHECK(open.ended());
  }
  SECTION("after an hour") {
    pass(b, http::EventStreams::kLongest);
    CHECK(open.ended());
    CHECK(open.last_block == "retry: 5000");
  }
  SECTION("the ninth of a walker ends the first") {
    std::vector<std::unique_ptr<OpenBoard>> more;
    for (std::size_t i = 0; i < http::EventStreams::kMostOfReader; ++i) {
      more.push_back(std::make_unique<OpenBoard>(b, b.ann));
      more.back()->board();
    }
    CHECK(open.ended());
    CHECK(open.last_block == "retry: 60000");
    b.walk(b.ann, "2027-01-15", 1);
    pass(b, std::chrono::seconds(1));
    CHECK(more.back()->board()[0] == "1 ann 1 me");
  }
  b.walk(b.bob, "2027-01-15", 700);
  pass(b, std::chrono::seconds(1));
  if (b.ended == 0) return;
  CHECK(of_bob.board()[0] == "1 bob 700 me");
}
