#include <catch2/catch.hpp>
#include <string>

#include "shared/redis/address.hpp"

using dontgoback::shared::parse_redis_url;

TEST_CASE("where Redis is") {
  struct Row {
    std::string text, host;
    int port;
    bool tls, loopback;
    std::string user;
    unsigned database;
  };
  const Row rows[] = {
      {"redis://localhost", "localhost", 6379, false, true, "", 0},
      {"redis://Redis.Example:6380/3", "redis.example", 6380, false, false, "", 3},
      {"redis://redis.example:80", "redis.example", 80, false, false, "", 0},
      {"rediss://node@redis.example/", "redis.example", 6379, true, false, "node", 0},
      {"rediss://10.0.0.7:7000", "10.0.0.7", 7000, true, false, "", 0},
      {"redis://[::1]", "[::1]", 6379, false, true, "", 0},
      {"redis://[2001:db8::1]:7001/12", "[2001:db8::1]", 7001, false, false, "", 12},
  };
  for (const auto& row : rows) {
    CAPTURE(row.text);
    const auto address = parse_redis_url(row.text);
    REQUIRE(address);
    CHECK(address->socket.empty());
    CHECK(address->host == row.host);
    CHECK(address->port == row.port);
    CHECK(address->tls == row.tls);
    CHECK(address->is_loopback == row.loopback);
    CHECK(address->user == row.user);
    CHECK(address->database == row.database);
  }
  CHECK(parse_redis_url("redis://[::1]")->host_name() == "::1");
  CHECK(parse_redis_url("redis://node@h/2")->text() == "redis://h:6379/2");
}

TEST_CASE("a socket of this machine") {
  const auto address = parse_redis_url("unix:/run/redis/redis.sock?db=2&user=node");
  REQUIRE(address);
  CHECK(address->socket == "/run/redis/redis.sock");
  CHECK(address->database == 2);
  CHECK(address->user == "node");
  CHECK(address->is_loopback);
  CHECK(address->text() == "unix:/run/redis/redis.sock?db=2");
  CHECK(parse_redis_url("unix:/s")->text() == "unix:/s");
}

TEST_CASE("what is no place of a Redis") {
  for (const std::string text : {"",
                                 "redis",
                                 "redis:",
                                 "redis://",
                                 "http://h",
                                 "redis://h:",
                                 "redis://h:0",
                                 "redis://h:70000",
                                 "redis://h/x",
                                 "redis://h/1/2",
                                 "redis://h/-1",
                                 "redis://h/10000",
                                 "redis://user:secret@h",
                                 "redis://:secret@h",
                                 "redis://@h",
                                 "redis://a@b@h",
                                 "redis://h?db=1",
                                 "redis://h#1",
                                 "redis://h h",
                                 "unix:",
                                 "unix:relative",
                                 "unix:/s?db=x",
                                 "unix:/s?password=x",
                                 "unix:/s?user=",
                                 "redis://[::1",
                                 "redis://::1"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_redis_url(text));
  }
  CHECK_FALSE(parse_redis_url("unix:/" + std::string(107, 'x')));
}
