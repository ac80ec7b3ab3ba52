// Which streams are told what and when, and which end.
#include <catch2/catch.hpp>

#include "event_streams_node.hpp"

using namespace dontgoback;
using namespace dontgoback::http;
using namespace dontgoback::http::testing;
using namespace std::chrono_literals;

TEST_CASE("The answer is a stream that nobody keeps") {
  Node node;
  const auto answer = node.streams.answer({1, 1, 0, 0});
  CHECK(answer.content_type == "text/event-stream");
  CHECK(answer.headers == std::vector<std::pair<std::string_view, std::string>>{{"Cache-Control", "no-store"},
                                                                                {"X-Accel-Buffering", "no"}});
}

TEST_CASE("Each is told what it has not seen, in its view, and how things stand where that changed") {
  Node node;
  node.table.last = 3;
  node.table.state = "(3)";
  const auto one = node.open({1, 1, 0, 2});
  CHECK(one->until("(3)").ends_with("[3/0](3)"));
  const auto other = node.open({1, 2, 1, 0});
  CHECK(other->until("(3)").ends_with("[1/1][2/1][3/1](3)"));
  const auto nobody = node.open({2, 3, 0, 3});
  nobody->until("(3)");

  node.settle();
  node.tell(4);
  node.streams.wake(1);
  CHECK(one->until("[4/0]").ends_with("[4/0]"));
  CHECK(other->until("[4/1]").ends_with("[4/1]"));
  node.open({3, 4, 0, 0})->until("[4/0]");
  CHECK(nobody->left().find("[4") == std::string::npos);  // nobody said so, and it is not time to look
  CHECK(one->left().find("(3)") == std::string::npos);
  node.clock.advance(5s);
  nobody->until("[4/0]");
}

TEST_CASE("What comes faster than the pause is drawn together") {
  Node node;
  const auto one = node.open({1, 1, 0, 0});
  node.settle();
  const auto before = node.table.with([&] { return node.table.readings; });
  for (std::int64_t number = 1; number <= 20; ++number) {
    node.tell(number);
    node.streams.wake(1);
  }
  node.clock.advance(kLonger);
  one->until("[20/0]");
  CHECK(node.table.with([&] { return node.table.readings; }) - before < 6);
}

TEST_CASE("A pause begins when it is read, however late that is heard") {
  Node node;
  const auto one = node.open({1, 1, 0, 0});
  node.settle();
  one->on_chunk([&] { node.clock.advance(kLonger); });
  node.tell(1);
  node.streams.wake(1);
  one->until("[1/0]");
  node.tell(2);
  node.streams.wake(1);
  one->until("[2/0]");
}

TEST_CASE("Who was away for long gets all in pieces") {
  Node node;
  node.table.last = 120;
  const auto one = node.open({1, 1, 0, 0});
  for (int i = 1; i <= 120; ++i) {
    const auto told = one->until("[" + std::to_string(i) + "/0]");
    CHECK(std::ranges::count(told, '[') == 1);
  }
  CHECK(node.table.with([&] { return node.table.readings; }) >= 3);
}

TEST_CASE("A word to all goes to all once, and to each who comes") {
  Node node;
  const auto one = node.open({1, 1, 0, 0});
  node.settle();
  node.table.with([&] { node.table.word = "<first>"; });
  node.streams.said_to_all();
  one->until("<first>");
  CHECK(node.open({2, 2, 0, 0})->until("<first>").starts_with("retry: 5000\n\n"));
  node.clock.advance(10s);
  node.streams.said_to_all();
  node.settle();
  CHECK(one->left().find("<first>") == std::string::npos);
}

TEST_CASE("Who watches is woken, and by what was heard of the others only") {
  Node node({.gather = 20ms, .reread = 30s});
  node.table.watched = {7, 8};
  node.table.state = "(0)";
  const auto one = node.open({1, 1, 0, 0});
  one->until("(0)");
  node.settle();
  node.table.with([&] { node.table.state = "(1)"; });
  node.streams.changed(9);
  node.streams.changed(7 + (1 << 16));  // has the mark of 7
  node.settle();
  CHECK(one->left().find("(1)") == std::string::npos);
  SECTION("one of them") { node.streams.changed(8); }
  SECTION("it itself") { node.streams.wake(1); }
  SECTION("something was lost") {
    node.tell(1);
    node.streams.look_at_all();
  }
  SECTION("nobody said so") { node.clock.advance(30s); }
  one->until("(1)");
}

TEST_CASE("A stream ends with its session") {
  Node node;
  const auto goes = node.open({1, 5, 0, 0});
  const auto stays = node.open({1, 6, 0, 0});
  const auto other = node.open({2, 7, 0, 0});
  node.settle();
  SECTION("told of it") {
    node.table.with([&] { node.table.over = 5; });
    node.streams.session_ended(5);
  }
  SECTION("told of the reader") {
    node.table.with([&] { node.table.over = 5; });
    node.streams.session_of_ended(1);
  }
  SECTION("something was lost") {
    node.table.with([&] { node.table.over = 5; });
    node.streams.look_at_all();
  }
  SECTION("nobody said so") {
    node.table.with([&] { node.table.over = 5; });
    node.clock.advance(60s);
  }
  CHECK(goes->ended());
  node.streams.session_ended(6);  // as somebody says
  node.settle();
  CHECK(stays->open());
  CHECK(other->open());
}

TEST_CASE("Streams live an hour at most, and a reader has so many") {
  Node node;
  std::vector<std::shared_ptr<Client>> open;
  for (std::size_t i = 0; i < EventStreams::kMostOfReader; ++i) open.push_back(node.open({1, 1, 0, 0}));
  const auto other = node.open({2, 1, 0, 0});
  for (const auto& one : open) one->until("retry: 5000\n\n");
  SECTION("whoever left makes place") {
    open[3]->leave();
    node.open({1, 1, 0, 0})->until("retry: 5000\n\n");
    CHECK(open[0]->open());
  }
  SECTION("the oldest goes for one more") {
    node.open({1, 1, 0, 0})->until("retry: 5000\n\n");
    CHECK(open[0]->ended());
    open[0]->until("retry: 60000\n\n");
    CHECK(open[1]->open());
    CHECK(other->open());
  }
  SECTION("the hour") {
    node.clock.advance(49min);
    node.settle();
    CHECK(open[1]->open());
    node.clock.advance(11min);
    for (const auto& one : open) CHECK(one->ended());
    open[1]->until("retry: 5000\n\n");
  }
}

TEST_CASE("What cannot be read now is read at the next look, and streams stay") {
  Node node;
  const auto one = node.open({1, 1, 0, 0});
  node.settle();
  node.table.with([&] { node.table.fails = true; });
  node.tell(1);
  node.streams.wake(1);
  one->until("[1/0]");
  CHECK(one->open());
}

TEST_CASE("More than can be named makes it look at all, thoroughly") {
  Node node({.gather = 60s});
  const auto one = node.open({1, 1, 0, 0});
  one->until("retry: 5000\n\n");
  node.settle();
  const auto before = node.table.with([&] { return node.table.thorough; });
  node.tell(1);
  for (std::int64_t reader = 2; reader < 10'010; ++reader) node.streams.wake(reader);
  node.settle();
  one->until("[1/0]");
  CHECK(node.table.with([&] { return node.table.thorough; }) > before);
}

TEST_CASE("Streams end without their readers, and take none after") {
  auto node = std::make_unique<Node>();
  const auto one = node->open({1, 1, 0, 0});
  one->until("retry: 5000\n\n");
  node.reset();
  CHECK(one.use_count() == 1);
}
