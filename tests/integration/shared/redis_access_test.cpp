#include <catch2/catch.hpp>
#include <cstdlib>
#include <mutex>
#include <stdexcept>
#include <string>

#include "integration/shared/hubs.hpp"

using namespace dontgoback;
using namespace dontgoback::test;

namespace {

void until_troubled(const HubNode& node, const std::string& cause) {
  eventually([&] { return node.trouble().find(cause) != std::string::npos; }, cause.c_str());
}

}  // namespace

TEST_CASE("the password: right, wrong, missing, not wanted") {
  RedisServer redis({"--requirepass", "right horse"});
  HubNode right(redis.url(), "right horse"), wrong(redis.url(), "wrong horse"), none(redis.url());
  until_linked(right);
  until_troubled(wrong, "user or password are wrong: check --redis-password-file");
  until_troubled(none, "it wants a password: give --redis-password-file");
  CHECK(wrong.trouble().find("horse") == std::string::npos);
  // An operator sets it right there: no node is started anew.
  redis.kill();
  redis.start({"--requirepass", "wrong horse"});
  until_linked(wrong);
  until_troubled(right, "password");
  RedisServer open;
  HubNode unwanted(open.url(), "secret horse");
  until_troubled(unwanted, "it refuses the password: ERR");
  CHECK(unwanted.trouble().find("horse") == std::string::npos);
}

TEST_CASE("the password is asked for whenever a connection is made: one that changed needs no start") {
  std::mutex mutex;
  std::string password = "first horse";
  const auto set = [&](const std::string& to) {
    const std::lock_guard lock(mutex);
    password = to;
  };
  RedisServer redis({"--requirepass", "first horse"});
  HubNode node(redis.url(), [&] {
    const std::lock_guard lock(mutex);
    if (password.empty()) throw std::runtime_error("the file cannot be read");
    return password;
  });
  until_linked(node);
  redis.kill();
  redis.start({"--requirepass", "second horse"});
  until_troubled(node, "user or password are wrong");
  set("");
  until_troubled(node, "the file cannot be read");
  set("second horse");
  until_linked(node);
  set("third horse");
  redis.kill();
  redis.start({"--requirepass", "third horse"});
  until_linked(node);
}

TEST_CASE("a Redis that repeats what it does not know, repeats the password to nobody") {
  RedisServer redis({"--rename-command", "AUTH", "NOTAUTH"});
  HubNode node(redis.url(), "secret horse");
  until_troubled(node, "it refuses the password: ERR");
  CHECK(node.trouble().find("horse") == std::string::npos);
}

TEST_CASE("a user of its own, who may do no more than is needed") {
  RedisServer redis;
  redis.call(
      {"ACL", "SETUSER", "node", "on", ">pass", "resetchannels", "&dontgoback:0:*", "+ping", "+publish", "+subscribe"});
  redis.call({"ACL", "SETUSER", "deaf", "on", ">pass", "resetchannels", "&dontgoback:0:*", "+ping", "+publish"});
  HubNode node(redis.url() + "?user=node", "pass"), deaf(redis.url() + "?user=deaf", "pass");
  until_linked(node);
  until_troubled(deaf, "its user may not do that");
  CHECK(deaf.metric("dontgoback_redis_connections") == 1);
  HubNode elsewhere(redis.url() + "?user=node&db=1", "pass");
  until_troubled(elsewhere, "its user may not do that");
}
