#include <catch2/catch.hpp>
#include <limits>
#include <string>
#include <vector>

#include "dontgoback/result.hpp"
#include "support/databases.hpp"

// What every store may rely on, the same on both databases.

using namespace dontgoback;
using namespace dontgoback::storage;
using dontgoback::test::for_each_database;

namespace {

const Migrations kThings{
    {"things", 1, "things", Dialect::sqlite,
     "CREATE TABLE things (id INTEGER PRIMARY KEY AUTOINCREMENT, number INTEGER, name TEXT UNIQUE, bytes BLOB);"},
    {"things", 1, "things", Dialect::mysql,
     "CREATE TABLE things (id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY, number BIGINT, name VARCHAR(200) UNIQUE, "
     "bytes BLOB) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;"}};

std::int64_t insert(Database& database, std::optional<std::int64_t> number, std::optional<std::string> name) {
  return database.write([&](Connection& connection) {
    connection.execute("INSERT INTO things (number, name) VALUES (:number, :name)", number, name);
    return connection.last_insert_id();
  });
}

std::int64_t count(Database& database) {
  return database.read(
      [](Connection& connection) { return std::get<0>(*connection.one<std::int64_t>("SELECT count(*) FROM things")); });
}

}  // namespace

TEST_CASE("values come back as they were given") {
  for_each_database(kThings, [](Database& database) {
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
      const auto id = insert(database, number, name);
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
  for_each_database(kThings, [](Database& database) {
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
  for_each_database(kThings, [](Database& database) {
    insert(database, 1, "same@example.com");
    try {
      insert(database, 2, "same@example.com");
      FAIL("inserted twice");
    } catch (const DuplicateKey& error) {
      CHECK(std::string(error.what()).find("example.com") == std::string::npos);
    }
    CHECK(count(database) == 1);
  });
}
