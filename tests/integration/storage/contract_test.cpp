#include <catch2/catch.hpp>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

#include "dontgoback/result.hpp"
#include "storage/open.hpp"
#include "support/databases.hpp"
#include "things.hpp"

// What every store may rely on, the same on both databases.

using namespace dontgoback;
using namespace dontgoback::storage;
using namespace dontgoback::test;

TEST_CASE("values come back as they were given") {
  for_each_database(things(), [](Database& database) {
    struct Given {
      std::optional<std::int64_t> number;
      std::optional<std::string> name;
    };
    const std::vector<Given> given{
        {std::numeric_limits<std::int64_t>::max(), "plain"},
        {std::numeric_limits<std::int64_t>::min(), "한글 😀 ñ"},
        {0, ""},
        {-1, "it's \"quoted\" \\ with :colon, ? and %"},
        {std::nullopt, std::nullopt},
        {1LL << 40, std::nullopt},
        {std::nullopt, std::string("a\0b", 3)},
    };
    for (const auto& [number, name] : given) {
      const auto id = insert_thing(database, number, name);
      const auto found = database.read([id](Connection& connection) {
        return connection.one<std::optional<std::int64_t>, std::optional<std::string>>(
            "SELECT number, name FROM things WHERE id = :id", id);
      });
      REQUIRE(found);
      CHECK(std::get<0>(*found) == number);
      CHECK(std::get<1>(*found) == name);
    }
  });
}

TEST_CASE("a BLOB column keeps any bytes") {
  for_each_database(things(), [](Database& database) {
    std::string bytes;
    for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
    const auto id = database.write([&](Connection& connection) {
      connection.execute("INSERT INTO things (bytes) VALUES (:bytes)", bytes);
      return connection.last_insert_id();
    });
    const auto found = database.read([id](Connection& connection) {
      return connection.one<std::string>("SELECT bytes FROM things WHERE id = :id", id);
    });
    CHECK(std::get<0>(found.value()) == bytes);
  });
}

TEST_CASE("a duplicate key is told apart from other broken rules") {
  for_each_database(things(), [](Database& database) {
    insert_thing(database, 1, "same@example.com");
    try {
      insert_thing(database, 2, "same@example.com");
      FAIL("inserted twice");
    } catch (const DuplicateKey& error) {
      CHECK(std::string(error.what()).find("example.com") == std::string::npos);
    }
    CHECK(count_things(database) == 1);
  });
}

TEST_CASE("rows come in order, one at a time or the first") {
  for_each_database(things(), [](Database& database) {
    for (int i = 1; i <= 5; ++i) insert_thing(database, i * 10, "thing " + std::to_string(i));
    std::vector<std::string> seen;
    database.read([&seen](Connection& connection) {
      connection.each("SELECT number, name FROM things WHERE number > :above ORDER BY number DESC LIMIT :size",
                      args(20, 2), [&seen](std::int64_t number, std::string_view name) {
                        seen.push_back(std::to_string(number) + " " + std::string(name));
                      });
    });
    CHECK(seen == std::vector<std::string>{"50 thing 5", "40 thing 4"});
    database.read([](Connection& connection) {
      CHECK(connection.one<std::int64_t>("SELECT number FROM things ORDER BY number") == std::tuple(10));
      CHECK_FALSE(connection.one<std::int64_t>("SELECT number FROM things WHERE id = :id", 99));
    });
  });
}

TEST_CASE("a statement says how many rows it changed") {
  for_each_database(things(), [](Database& database) {
    for (int i = 1; i <= 3; ++i) insert_thing(database, i);
    const auto changed = database.write([](Connection& connection) {
      std::vector<std::int64_t> counts;
      counts.push_back(connection.execute("UPDATE things SET number = number + 1"));
      counts.push_back(connection.execute("SELECT count(*) FROM things"));
      counts.push_back(connection.execute("UPDATE things SET number = :same WHERE number = :number", 4, 4));
      counts.push_back(connection.execute("UPDATE things SET number = 0 WHERE id = :id", 99));
      counts.push_back(connection.execute("DELETE FROM things WHERE number < :below", 4));
      return counts;
    });
    CHECK(changed == std::vector<std::int64_t>{3, 0, 1, 0, 2});
  });
}

TEST_CASE("the last insert's id outlives the statements after it") {
  for_each_database(things(), [](Database& database) {
    insert_thing(database, 1);
    const auto [id, later] = database.write([](Connection& connection) {
      connection.execute("INSERT INTO things (number) VALUES (2)");
      const auto first = connection.last_insert_id();
      connection.execute("UPDATE things SET number = 3 WHERE number = 2");
      connection.one<std::int64_t>("SELECT count(*) FROM things");
      return std::pair(first, connection.last_insert_id());
    });
    CHECK(id == 2);
    CHECK(later == id);
  });
}

TEST_CASE("a parameter may be NULL in one run and a number or text in the next") {
  for_each_database(things(), [](Database& database) {
    insert_thing(database, std::nullopt, std::nullopt);
    insert_thing(database, 7, "seven");
    insert_thing(database, std::nullopt, std::nullopt);
    insert_thing(database, 8, "eight");
    CHECK(database.read([](Connection& connection) {
      return connection.one<std::int64_t, std::int64_t>("SELECT count(number), count(name) FROM things");
    }) == std::tuple(2, 2));
  });
}

TEST_CASE("what a write throws is rethrown and nothing of it stays") {
  for_each_database(things(), [](Database& database) {
    CHECK_THROWS_WITH(database.write([](Connection& connection) {
      connection.execute("INSERT INTO things (number) VALUES (1)");
      throw std::domain_error("changed my mind");
    }),
                      "changed my mind");
    CHECK(count_things(database) == 0);
    insert_thing(database, 1);
    CHECK(count_things(database) == 1);
  });
}

TEST_CASE("a write may catch a duplicate key and go on") {
  for_each_database(things(), [](Database& database) {
    insert_thing(database, 1, "taken");
    database.write([](Connection& connection) {
      connection.execute("INSERT INTO things (number) VALUES (2)");
      CHECK_THROWS_AS(connection.execute("INSERT INTO things (name) VALUES (:name)", "taken"), DuplicateKey);
      connection.execute("INSERT INTO things (number) VALUES (3)");
    });
    CHECK(count_things(database) == 3);
  });
}

TEST_CASE("a row's callback may throw, and its statement is closed") {
  for_each_database(things(), [](Database& database) {
    for (int i = 1; i <= 3; ++i) insert_thing(database, i);
    for (int i = 0; i < 2; ++i) {
      CHECK_THROWS_WITH(database.read([](Connection& connection) {
        connection.each("SELECT number FROM things", args(), [](std::int64_t) { throw std::domain_error("enough"); });
      }),
                        "enough");
    }
    insert_thing(database, 4);
    CHECK(count_things(database) == 4);  // not the snapshot of the statement that was left
  });
}

TEST_CASE("closures do not nest, and a row's callback does not use its connection") {
  for_each_database(things(), [](Database& database) {
    insert_thing(database, 1);
    const auto read = [&database] { count_things(database); };
    const auto write = [&database] { insert_thing(database, 2); };
    CHECK_THROWS_AS(database.write([&](Connection&) { write(); }), std::logic_error);
    CHECK_THROWS_AS(database.write([&](Connection&) { read(); }), std::logic_error);
    CHECK_THROWS_AS(database.read([&](Connection&) { write(); }), std::logic_error);
    CHECK_THROWS_AS(database.read([&](Connection&) { read(); }), std::logic_error);
    CHECK_THROWS_AS(database.read([](Connection& connection) {
      connection.each("SELECT id FROM things", args(),
                      [&connection](std::int64_t) { connection.one<std::int64_t>("SELECT 1"); });
    }),
                    std::logic_error);
    CHECK(count_things(database) == 1);
  });
}

TEST_CASE("a closure may use another database") {
  const FreshDatabase other(Dialect::sqlite, things());
  for_each_database(things(), [&other](Database& database) {
    const auto before = count_things(*other);
    database.write([&other](Connection&) { insert_thing(*other, 1); });
    CHECK(count_things(*other) == before + 1);
  });
}

TEST_CASE("a reader cannot write") {
  for_each_database(things(), [](Database& database) {
    CHECK_THROWS_AS(database.read([](Connection& connection) { connection.execute("DELETE FROM things"); }),
                    std::runtime_error);
    CHECK(database.reachable());
  });
}

TEST_CASE("a defect names its statement, not its values") {
  for_each_database(things(), [](Database& database) {
    CHECK_THROWS_WITH(database.read([](Connection& connection) {
      connection.one<std::int64_t>("SELECT id FROM nothing WHERE name = :name", "secret@example.com");
    }),
                      Catch::Contains("SELECT id FROM nothing") && !Catch::Contains("secret"));
    CHECK_THROWS_AS(database.read([](Connection& connection) {
      connection.one<std::int64_t>("SELECT id FROM things WHERE id = :a OR id = :b", 1);
    }),
                    std::runtime_error);
  });
}

TEST_CASE("foreign keys are enforced") {
  const Migrations tree{
      {"tree", 1, "tree", Dialect::sqlite,
       "CREATE TABLE tree (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES tree (id));"},
      {"tree", 1, "tree", Dialect::mysql,
       "CREATE TABLE tree (id BIGINT PRIMARY KEY, parent BIGINT, FOREIGN KEY (parent) REFERENCES tree "
       "(id));"}};
  for_each_database(tree, [](Database& database) {
    CHECK_THROWS_AS(database.write([](Connection& connection) {
      connection.execute("INSERT INTO tree (id, parent) VALUES (1, 2)");
    }),
                    std::runtime_error);
  });
}

TEST_CASE("more statements than are kept still run") {
  for_each_database(things(), [](Database& database) {
    insert_thing(database, 1);
    database.read([](Connection& connection) {
      for (int round = 0; round < 2; ++round) {
        for (int i = 0; i < 300; ++i) {
          const auto sql = "SELECT number + " + std::to_string(i) + " FROM things";
          REQUIRE(connection.one<std::int64_t>(sql) == std::tuple(1 + i));
        }
      }
    });
  });
}

TEST_CASE("a statement that runs too long is stopped, and the next one runs") {
  const auto dialect = GENERATE(Dialect::sqlite, Dialect::mysql);
  const FreshDatabase fresh(dialect, things());
  const auto impatient = open_database({.url = fresh.url(), .statement_limit = std::chrono::milliseconds(100)});
  const char* endless = dialect == Dialect::sqlite ? "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
                                                     "SELECT count(*) FROM n"
                                                   : "SELECT count(*) FROM seq_1_to_1000000 a, seq_1_to_1000000 b "
                                                     "WHERE a.seq < b.seq";
  CHECK_THROWS_AS(impatient->read([endless](Connection& connection) { connection.one<std::int64_t>(endless); }),
                  Unavailable);
  CHECK_THROWS_AS(impatient->write([endless](Connection& connection) { connection.one<std::int64_t>(endless); }),
                  Unavailable);
  insert_thing(*impatient, 1);
  CHECK(count_things(*impatient) == 1);
}

TEST_CASE("a large text goes in and out") {
  for_each_database(things(), [](Database& database) {
    const std::string large(3 * 1024 * 1024, 'x');
    const auto found = database.write([&large](Connection& connection) {
      connection.execute("INSERT INTO things (bytes) VALUES (:bytes)", large);
      return connection.one<std::string>("SELECT bytes FROM things WHERE id = :id", connection.last_insert_id());
    });
    CHECK(std::get<0>(found.value()) == large);
  });
}
