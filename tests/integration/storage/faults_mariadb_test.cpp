#include <atomic>
#include <barrier>
#include <catch2/catch.hpp>
#include <future>
#include <thread>

#include "dontgoback/result.hpp"
#include "storage/open.hpp"
#include "support/databases.hpp"
#include "support/mariadb.hpp"
#include "things.hpp"

using namespace dontgoback;
using namespace dontgoback::storage;
using namespace dontgoback::test;

TEST_CASE("a deadlock is run again and both writes succeed") {
  const FreshDatabase database(Dialect::mysql, things());
  const auto a = insert_thing(*database, 0);
  const auto b = insert_thing(*database, 0);
  std::barrier both(2);
  std::atomic<int> runs{0};
  const auto add = [&](std::int64_t first, std::int64_t second) {
    bool has_met = false;
    database->write([&](Connection& connection) {
      ++runs;
      connection.execute("UPDATE things SET number = number + 1 WHERE id = :id", first);
      if (!std::exchange(has_met, true)) both.arrive_and_wait();
      connection.execute("UPDATE things SET number = number + 1 WHERE id = :id", second);
    });
  };
  std::thread other([&] { add(b, a); });
  add(a, b);
  other.join();
  CHECK(runs == 3);
  CHECK(database->read([](Connection& connection) {
    return connection.one<std::int64_t, std::int64_t>("SELECT min(number), max(number) FROM things");
  }) == std::tuple(2, 2));
}

TEST_CASE("work that swallows a deadlock is not committed by halves") {
  const FreshDatabase database(Dialect::mysql, things());
  const auto a = insert_thing(*database, 0);
  const auto b = insert_thing(*database, 0);
  std::barrier both(2);
  const auto add = [&](std::int64_t first, std::int64_t second) {
    bool has_met = false;
    database->write([&](Connection& connection) {
      connection.execute("UPDATE things SET number = number + 1 WHERE id = :id", first);
      if (!std::exchange(has_met, true)) both.arrive_and_wait();
      try {
        connection.execute("UPDATE things SET number = number + 1 WHERE id = :id", second);
      } catch (const Unavailable&) {
      }
    });
  };
  std::thread other([&] { add(b, a); });
  add(a, b);
  other.join();
  CHECK(database->read([](Connection& connection) {
    return connection.one<std::int64_t, std::int64_t>("SELECT min(number), max(number) FROM things");
  }) == std::tuple(2, 2));
}

TEST_CASE("a row locked for too long is unavailable and recovers by itself", "[mariadb]") {
  const FreshDatabase fresh(Dialect::mysql, things());
  const auto id = insert_thing(*fresh, 0);
  const auto database = open_database({.url = fresh.url(), .busy_limit = std::chrono::milliseconds(500)});
  const auto add = [id](Connection& connection) {
    connection.execute("UPDATE things SET number = number + 1 WHERE id = :id", id);
  };
  std::promise<void> entered;
  std::promise<void> released;
  std::thread other([&] {
    fresh->write([&](Connection& connection) {
      add(connection);
      entered.set_value();
      released.get_future().wait();
    });
  });
  entered.get_future().wait();
  CHECK_THROWS_AS(database->write(add), Unavailable);
  released.set_value();
  other.join();
  database->write(add);
  CHECK(database->read([](Connection& connection) {
    return connection.one<std::int64_t>("SELECT number FROM things");
  }) == std::tuple(2));
}

TEST_CASE("a server that dies is unavailable and found again") {
  MariadbServer server;
  const auto url = server.url(server.create_database());
  const auto database = open_database({.url = url});
  migrate(*database, things());
  insert_thing(*database, 1);
  CHECK(count_things(*database) == 1);

  SECTION("while it is away") {
    server.kill();
    CHECK_THROWS_AS(insert_thing(*database, 2), Unavailable);
    CHECK_THROWS_AS(count_things(*database), Unavailable);
    CHECK_FALSE(database->reachable());
    server.start();
    insert_thing(*database, 3);
    CHECK(count_things(*database) == 2);
    CHECK(database->reachable());
  }
  SECTION("between two uses: connections that were cut are replaced unnoticed") {
    server.kill();
    server.start();
    CHECK(count_things(*database) == 1);
    insert_thing(*database, 2);
    CHECK(count_things(*database) == 2);
  }
  SECTION("in the middle of a write: it is run again, once") {
    int runs = 0;
    database->write([&](Connection& connection) {
      connection.execute("INSERT INTO things (number) VALUES (2)");
      if (++runs == 1) {
        server.kill();
        server.start();
      }
      connection.execute("INSERT INTO things (number) VALUES (3)");
    });
    CHECK(runs == 2);
    CHECK(count_things(*database) == 3);
  }
}

TEST_CASE("a server that is not there is unavailable") {
  const auto* const url = GENERATE("mysql:///x?socket=/nonexistent/socket&user=u", "mysql://u@127.0.0.1:1/x");
  const auto database = open_database({.url = url, .password = "hunter2"});
  CHECK_FALSE(database->reachable());
  CHECK_THROWS_AS(insert_thing(*database, 1), Unavailable);
  CHECK_THROWS_WITH(count_things(*database), !Catch::Contains("hunter2"));
}

TEST_CASE("a password is given to the server and to nobody else") {
  const FreshDatabase fresh(Dialect::mysql, things());
  const std::string password = "it's a \\ \"secret\" pass=word";
  fresh->write([](Connection& connection) {
    connection.execute("CREATE OR REPLACE USER guarded@localhost IDENTIFIED BY 'it''s a \\\\ \"secret\" pass=word'");
    connection.execute("GRANT ALL ON *.* TO guarded@localhost");
  });
  const auto url = fresh.url().substr(0, fresh.url().find("&user=")) + "&user=guarded";
  CHECK(open_database({.url = url, .password = password})->reachable());
  const auto wrong = open_database({.url = url, .password = password + "x"});
  CHECK_THROWS_AS(count_things(*wrong), Unavailable);
  CHECK_THROWS_WITH(count_things(*wrong), !Catch::Contains("secret"));
}
