#include <catch2/catch.hpp>
#include <string>
#include <thread>
#include <vector>

#include "integration/shared/hubs.hpp"

using namespace dontgoback;
using namespace dontgoback::test;
using namespace std::chrono_literals;

namespace {

constexpr limits::Rate kTwenty{"twenty", 20, 1h};
constexpr limits::Tally kFailures{"failures", 10min};

struct Pair {
  RedisServer redis;
  HubNode one{redis.url()}, two{redis.url()};

  Pair() {
    until_linked(one);
    until_linked(two);
  }
};

}  // namespace

TEST_CASE("a message at one node is heard at each, once and in order") {
  Pair pair;
  Ear here(pair.one.state(), "a"), there(pair.two.state(), "a"), other(pair.two.state(), "b");
  std::vector<std::string> sent;
  for (int i = 0; i < 500; ++i) pair.one.state().publish("a", sent.emplace_back(std::to_string(i)));
  CHECK(here.wait_for(sent.size()) == sent);
  CHECK(there.wait_for(sent.size()) == sent);
  // The way back, behind which nothing of the above can be on its way still.
  pair.two.state().publish("a", std::string("\0\r\n\xFF", 4));
  CHECK(here.wait_for(sent.size() + 1).size() == sent.size() + 1);
  CHECK(here.wait_for(sent.size() + 1).back() == std::string("\0\r\n\xFF", 4));
  CHECK(other.wait_for(0).empty());
}

TEST_CASE("topics and messages may be as long as they may be") {
  Pair pair;
  const std::string topic(shared::kLongestTopic, 't'), message(shared::kLongestMessage, '\0');
  Ear there(pair.two.state(), topic);
  pair.one.state().publish(topic, message);
  CHECK(there.wait_for(1) == std::vector<std::string>{message});
}

TEST_CASE("services with different database numbers hear nothing of each other") {
  Pair pair;
  HubNode stranger(pair.redis.url() + "?db=1"), friendly(pair.redis.url() + "?db=1");
  until_linked(stranger);
  until_linked(friendly);
  Ear strange(stranger.state(), "a"), there(pair.two.state(), "a");
  pair.one.state().publish("a", "ours");
  there.wait_for(1);
  friendly.state().publish("a", "theirs");
  CHECK(strange.wait_for(1) == std::vector<std::string>{"theirs"});
}

TEST_CASE("two nodes let through together what one would") {
  Pair pair;
  auto &one = pair.one.hub.limiter(), &two = pair.two.hub.limiter();
  for (int i = 0; i < 15; ++i) CHECK_FALSE(one.take(kTwenty, "a").is_refused());
  const limits::Share share{kTwenty, "a"};
  eventually([&] { return two.look(std::span(&share, 1)).left <= 4; }, "the other knows");
  int taken = 0;
  while (!two.take(kTwenty, "a").is_refused()) ++taken;
  CHECK(taken == 5);
  CHECK_FALSE(two.take(kTwenty, "b").is_refused());
  eventually([&] { return one.look(std::span(&share, 1)).is_refused(); }, "the first is refused, too");
}

TEST_CASE("two nodes asked at the same moment let through too much once, and pay for it") {
  Pair pair;
  const auto take_all = [](HubNode& node) {
    int taken = 0;
    while (!node.hub.limiter().take(kTwenty, "a").is_refused()) ++taken;
    return taken;
  };
  int first = 0;
  std::thread other([&] { first = take_all(pair.one); });
  const int second = take_all(pair.two);
  other.join();
  CHECK(first + second >= 20);
  CHECK(first + second <= 40);
  // What was too much is waited for by both.
  const limits::Share share{kTwenty, "a"};
  const auto owed = (first + second - 20) * kTwenty.period / 20;
  for (auto* node : {&pair.one, &pair.two}) {
    eventually([&] { return node->hub.limiter().look(std::span(&share, 1)).wait > owed; }, "both know all");
  }
}

TEST_CASE("events counted at one node are seen by the other, and cleared") {
  Pair pair;
  auto &one = pair.one.hub.limiter(), &two = pair.two.hub.limiter();
  one.add(kFailures, "a");
  two.add(kFailures, "a");
  for (auto* limiter : {&one, &two}) {
    eventually([&] { return limiter->count(kFailures, "a")->events == 2; }, "both count both");
  }
  two.clear(kFailures, "a");
  eventually([&] { return one.count(kFailures, "a")->events == 0; }, "cleared at both");
}
