#include <sys/socket.h>
#include <sys/un.h>

#include <catch2/catch.hpp>
#include <string>
#include <thread>

#include "integration/shared/hubs.hpp"

using namespace dontgoback;
using namespace dontgoback::test;
using namespace std::chrono_literals;

namespace {

constexpr limits::Rate kTwenty{"twenty", 20, 1h};

/// Both hear one another.
void check_linked(HubNode& one, HubNode& two) {
  until_linked(one);
  until_linked(two);
  Ear here(one.state(), "check"), there(two.state(), "check");
  one.state().publish("check", "there");
  CHECK(there.wait_for(1).back() == "there");
  two.state().publish("check", "back");
  CHECK(here.wait_for(2).back() == "back");
  eventually([&] { return one.trouble().empty() && two.trouble().empty(); }, "all is well");
}

}  // namespace

TEST_CASE("Redis is killed and comes back: each node goes on alone, is told of the gap, and hears again") {
  RedisServer redis;
  HubNode one(redis.url()), two(redis.url());
  check_linked(one, two);
  Ear here(one.state(), "a"), there(two.state(), "a");
  redis.kill();
  until_cut_off(one);
  until_cut_off(two);
  CHECK(one.trouble().find(redis.url() + ": ") == 0);
  CHECK(one.hub.finding().weight == telemetry::Finding::Weight::note);
  one.state().publish("a", "alone");
  CHECK(here.wait_for(1).back() == "alone");
  int taken = 0;
  while (!one.hub.limiter().take(kTwenty, "a").is_refused()) ++taken;
  CHECK(taken == 20);
  const int lost = there.lost();
  redis.start({});
  there.wait_for_lost(lost + 1);
  check_linked(one, two);
  one.state().publish("a", "together");
  CHECK(there.wait_for(1).back() == "together");
}

TEST_CASE("who was cut off only in sending tells the others that they missed something") {
  RedisServer redis;
  HubNode one(redis.url()), two(redis.url());
  check_linked(one, two);
  Ear there(two.state(), "a");
  const int lost = there.lost();
  // Only who sends: two's ears stay open throughout.
  while (redis.call({"CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"}) == "0") {
  }
  eventually(
      [&] {
        one.state().publish("a", "perhaps");
        return one.metric("dontgoback_redis_messages_total{what=\"dropped\"}") > 0;
      },
      "a message is dropped");
  there.wait_for_lost(lost + 1);
}

TEST_CASE("a node that dies without a word may have had something to say") {
  RedisServer redis;
  HubNode one(redis.url());
  until_linked(one);
  Ear here(one.state(), "a");
  one.state().publish("a", "");
  here.wait_for(1);  // and with it that of its own beginning
  const int lost = here.lost();
  redis.call({"PUBLISH", "dontgoback:0:topics", std::string(16, 'f') + std::string("\0l", 2)});
  here.wait_for_lost(lost + 1);
}

TEST_CASE("a node that ends says first what it had to say") {
  RedisServer redis;
  HubNode one(redis.url());
  until_linked(one);
  Ear here(one.state(), "a");
  {
    HubNode two(redis.url());
    until_linked(two);
    for (int i = 0; i < 200; ++i) two.state().publish("a", std::to_string(i));
  }
  CHECK(here.wait_for(200).size() == 200);
}

TEST_CASE("Redis is there later than the nodes") {
  RedisServer redis;
  redis.kill();
  HubNode one(redis.url()), two(redis.url());
  eventually([&] { return !one.trouble().empty() && !two.trouble().empty(); }, "it is known");
  redis.start({});
  check_linked(one, two);
}

TEST_CASE("Redis falls silent: nobody waits for it, and it is heard again") {
  RedisServer redis;
  HubNode one(redis.url()), two(redis.url());
  check_linked(one, two);
  redis.fall_silent();
  // Who waited even once for each would not come to an end.
  for (int i = 0; i < 20'000; ++i) {
    one.state().publish("a", std::string(shared::kLongestMessage, 'x'));
    one.hub.limiter().take(kTwenty, std::to_string(i));
  }
  CHECK(one.metric("dontgoback_redis_messages_total{what=\"dropped\"}") > 0);
  until_cut_off(one);
  until_cut_off(two);
  redis.go_on();
  check_linked(one, two);
}

TEST_CASE("a short pause of Redis loses nothing") {
  RedisServer redis({"--enable-debug-command", "yes"});
  HubNode one(redis.url()), two(redis.url());
  check_linked(one, two);
  Ear there(two.state(), "a");
  std::thread sleeper([&] { redis.call({"DEBUG", "SLEEP", "0.3"}); });
  for (int i = 0; i < 50; ++i) {
    one.state().publish("a", std::to_string(i));
    std::this_thread::sleep_for(5ms);
  }
  sleeper.join();
  CHECK(there.wait_for(50).size() == 50);
}

TEST_CASE("what is kept in Redis is nothing to the nodes: emptied, full, or keys of the wrong type") {
  RedisServer redis({"--maxmemory", "1mb", "--maxmemory-policy", "noeviction"});
  HubNode one(redis.url()), two(redis.url());
  check_linked(one, two);
  for (const auto* key : {"dontgoback", "dontgoback:0", "dontgoback:0:topics", "dontgoback:0:limits"}) {
    redis.call({"LPUSH", key, "nonsense"});
  }
  CHECK(redis.call({"SET", "full", std::string(1024, 'x')}).find("OOM") == 0);
  check_linked(one, two);
  redis.call({"FLUSHALL"});
  check_linked(one, two);
  CHECK(redis.call({"KEYS", "*"}).empty());
}

TEST_CASE("nonsense on the nodes' channels is counted and changes nothing") {
  RedisServer redis;
  HubNode one(redis.url()), two(redis.url());
  check_linked(one, two);
  const std::string node(16, 'f'), endless(2000, 'x');
  int said = 0;
  for (const auto* channel : {"dontgoback:0:topics", "dontgoback:0:limits"}) {
    for (const std::string& text :
         {std::string(), std::string("short"), node + std::string("\0", 1), node + "\xFF", node + "\x05" + "abc",
          node + "\x01" + "a" + endless, node + "t\x05write\x01" + "a", node + "{\"json\":true}"}) {
      redis.call({"PUBLISH", channel, text});
      ++said;
    }
  }
  const auto counted = [&] { return one.metric("dontgoback_redis_messages_total{what=\"nonsense\"}"); };
  eventually([&] { return counted() == said; }, "all nonsense is counted");
  check_linked(one, two);
}

TEST_CASE("an answer that never ends, and one that is no Redis, are given up and tried again") {
  TemporaryDirectory directory;
  const auto path = (directory.path() / "s").string();
  const int listener = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  path.copy(address.sun_path, sizeof address.sun_path - 1);
  REQUIRE(::bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
  REQUIRE(::listen(listener, 8) == 0);
  const std::string answers[] = {"HTTP/1.1 200 OK\r\n\r\n", "$500000000\r\n" + std::string(200'000, 'x'),
                                 "*2147483647\r\n", "+PONG\r\n*3\r\n+no\r\n"};
  HubNode node("unix:" + path);
  for (const auto& answer : answers) {
    for (int i = 0; i < 2; ++i) {  // both connections
      const int connection = ::accept(listener, nullptr, nullptr);
      static_cast<void>(::send(connection, answer.data(), answer.size(), MSG_NOSIGNAL));
      ::shutdown(connection, SHUT_WR);
      ::close(connection);
    }
  }
  CHECK(node.metric("dontgoback_redis_connections") == 0);
  CHECK_FALSE(node.trouble().empty());
  ::close(listener);
}
