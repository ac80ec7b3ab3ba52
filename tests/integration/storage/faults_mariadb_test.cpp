#include <atomic>
#include <barrier>
#include <catch2/catch.hpp>
#include <functional>
#include <future>
#include <optional>
#include <thread>
#include <vector>

#include "dontgoback/result.hpp"
#include "storage/mysql_error.hpp"
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

namespace {

/// What people are told of a piece of work, or nothing when it is done.
std::optional<Unavailable::Effect> effect_of(const std::function<void()>& work) {
  try {
    work();
    return std::nullopt;
  } catch (const Unavailable& away) {
    return away.effect();
  }
}

/// Promised are five seconds; the rest is for a busy machine.
constexpr std::chrono::seconds kPromised{8};

}  // namespace

TEST_CASE("a server that takes what is sent and says nothing is given up in time") {
  MariadbServer server;
  const auto url = server.url(server.create_database());
  const auto database = open_database({.url = url});
  migrate(*database, things());
  insert_thing(*database, 1);
  CHECK(count_things(*database) == 1);
  const auto read = [](Database& used) { return effect_of([&used] { count_things(used); }); };
  const auto write = [](Database& used) { return effect_of([&used] { insert_thing(used, 2); }); };
  const auto in_time = [](const auto& work) {
    const auto begin = std::chrono::steady_clock::now();
    const auto effect = work();
    CHECK(std::chrono::steady_clock::now() - begin < kPromised);
    return effect;
  };

  server.fall_silent();
  SECTION("a read on a connection of the pool") {
    CHECK(in_time([&] { return read(*database); }) == Unavailable::Effect::not_read);
    CHECK_THAT(trouble(*database), Catch::Contains("does not answer"));
  }
  SECTION("a write on a connection of the pool") {
    CHECK(in_time([&] { return write(*database); }) == Unavailable::Effect::not_saved);
  }
  SECTION("new connections") {
    const auto fresh = open_database({.url = url});
    CHECK(in_time([&] { return read(*fresh); }) == Unavailable::Effect::not_read);
    CHECK(in_time([&] { return write(*fresh); }) == Unavailable::Effect::not_saved);
  }
  SECTION("whoever asks what is wrong") {
    CHECK_THAT(in_time([&] { return trouble(*database); }), Catch::Contains("does not answer"));
  }
  SECTION("more callers than connections: nobody waits twice, nobody is told that too many ask") {
    std::vector<std::future<std::optional<Unavailable::Effect>>> told;
    for (int i = 0; i < 40; ++i) {
      told.push_back(std::async(std::launch::async, [&, i] {
        return in_time([&] { return i % 2 == 0 ? read(*database) : write(*database); });
      }));
    }
    for (std::size_t i = 0; i < told.size(); ++i) {
      CHECK(told[i].get() == (i % 2 == 0 ? Unavailable::Effect::not_read : Unavailable::Effect::not_saved));
    }
  }
  server.go_on();
  CHECK(count_things(*database) == 1);
  insert_thing(*database, 3);
  CHECK(count_things(*database) == 2);
  CHECK(trouble(*database).empty());
}

TEST_CASE("silence under COMMIT is told as what it is") {
  MariadbServer server;
  const auto database = open_database({.url = server.url(server.create_database())});
  migrate(*database, things());
  insert_thing(*database, 1);
  CHECK(effect_of([&] {
          database->write([&](Connection& connection) {
            connection.execute("INSERT INTO things (number) VALUES (2)");
            server.fall_silent();
          });
        }) == Unavailable::Effect::perhaps_saved);
  server.go_on();
  insert_thing(*database, 3);
}

TEST_CASE("why a server cannot be used is said in words") {
  const FreshDatabase fresh(Dialect::mysql, things());
  const auto base = fresh.url().substr(0, fresh.url().find("&user="));
  const auto told_of = [](const std::string& url, const std::string& password = {}) {
    return trouble(*open_database({.url = url, .password = password}));
  };
  fresh->write([](Connection& connection) {
    connection.execute("CREATE OR REPLACE USER known@localhost IDENTIFIED BY 'right'");
    connection.execute("CREATE OR REPLACE USER few@localhost WITH MAX_USER_CONNECTIONS 1");
    connection.execute("GRANT ALL ON *.* TO known@localhost");
    connection.execute("CREATE OR REPLACE USER plain@localhost");
    connection.execute("GRANT SELECT, INSERT, UPDATE ON *.* TO plain@localhost");
    connection.execute("GRANT SELECT, INSERT, UPDATE ON *.* TO few@localhost");
  });
  CHECK_THAT(told_of(base + "&user=known", "wrong"),
             Catch::Contains("refuses the user known") && Catch::Contains("--database-password-file"));
  CHECK_THAT(told_of("mysql:///nowhere" + base.substr(base.find('?')) + "&user=root"),
             Catch::Contains("no database nowhere"));
  CHECK_THAT(told_of("mysql:///x?socket=/nonexistent/socket&user=u"),
             Catch::Contains("/nonexistent/socket cannot be reached"));
  CHECK_THAT(told_of("mysql://u@127.0.0.1:1/x"), Catch::Contains("127.0.0.1:1 cannot be reached"));

  const auto few = open_database({.url = base + "&user=few"});
  few->read([&](Connection& connection) {
    connection.one<std::int64_t>("SELECT 1");
    CHECK_THAT(told_of(base + "&user=few"), Catch::Contains("max_connections"));
  });

  SECTION("a replica") {
    const auto plain = open_database({.url = base + "&user=plain"});
    fresh->read([](Connection& connection) { connection.execute("SET GLOBAL read_only = 1"); });
    CHECK(effect_of([&] { insert_thing(*plain, 1); }) == Unavailable::Effect::not_saved);
    CHECK_THAT(trouble(*plain), Catch::Contains("read-only"));
    fresh->read([](Connection& connection) { connection.execute("SET GLOBAL read_only = 0"); });
    insert_thing(*plain, 1);
    CHECK(trouble(*plain).empty());
  }
  SECTION("its tables are gone") {
    fresh->write([](Connection& connection) { connection.execute("DROP TABLE things"); });
    CHECK(effect_of([&] { count_things(*fresh); }) == Unavailable::Effect::not_read);
    fresh->write([](Connection& connection) { connection.execute("DROP TABLE schema_migrations"); });
    CHECK_THAT(trouble(*fresh), Catch::Contains("dropped or replaced"));
  }
}

TEST_CASE("servers that are too old, or others, are refused by name") {
  CHECK(lack_of_server("10.11.6-MariaDB-0+deb12u1").empty());
  CHECK(lack_of_server("5.5.5-10.6.12-MariaDB").empty());
  CHECK(lack_of_server("11.4.2-MariaDB-log").empty());
  CHECK_THAT(lack_of_server("10.5.23-MariaDB"), Catch::Contains("10.5.23") && Catch::Contains("10.6"));
  CHECK_FALSE(lack_of_server("5.5.68-MariaDB").empty());
  CHECK_FALSE(lack_of_server("8.0.36").empty());
}
