#include <catch2/catch.hpp>
#include <future>
#include <stdexcept>
#include <string>

#include "storage/migration_script.hpp"
#include "storage/open.hpp"
#include "support/databases.hpp"
#include "support/mariadb.hpp"
#include "things.hpp"

using namespace dontgoback;
using namespace dontgoback::storage;
using namespace dontgoback::test;

namespace {

Migration both(const Migration& sqlite, Dialect dialect) {
  return {sqlite.module, sqlite.number, sqlite.name, dialect, sqlite.sql};
}

Migrations for_both(std::initializer_list<Migration> migrations) {
  Migrations all;
  for (const auto& migration : migrations) {
    all.push_back(both(migration, Dialect::sqlite));
    all.push_back(both(migration, Dialect::mysql));
  }
  return all;
}

Migration step(int number, std::string_view sql) { return {"steps", number, "step", Dialect::sqlite, sql}; }

constexpr std::string_view kFirst =
    "-- Role: 0 guest; it's a comment\nCREATE TABLE a (x INT); -- done\nINSERT INTO a VALUES (1);\n";
constexpr std::string_view kSecond =
    "CREATE TABLE b (y VARCHAR(20) DEFAULT 'c:d; e');\nINSERT INTO b VALUES ('f :g');\n";

std::int64_t number(Database& database, std::string_view sql) {
  return database.read(
      [sql](Connection& connection) { return std::get<0>(connection.one<std::int64_t>(sql).value()); });
}

}  // namespace

TEST_CASE("migrations are applied once, and the outstanding ones later") {
  for_each_database(for_both({step(1, kFirst)}), [](Database& database) {
    migrate(database, for_both({step(1, kFirst)}));
    CHECK(number(database, "SELECT count(*) FROM a") == 1);
    migrate(database, for_both({step(2, kSecond), step(1, kFirst)}));
    CHECK(number(database, "SELECT count(*) FROM a") == 1);
    CHECK(number(database, "SELECT count(*) FROM b WHERE y = 'f :g'") == 1);
    CHECK(number(database, "SELECT count(*) FROM schema_migrations WHERE applied_at > 0") == 2);
  });
}

TEST_CASE("a database that does not belong to the program is left alone") {
  for_each_database(for_both({step(1, kFirst), step(2, kSecond)}), [](Database& database) {
    CHECK_THROWS_WITH(migrate(database, for_both({step(1, "CREATE TABLE z (x INT);")})),
                      Catch::Contains("steps/1 step is not the text"));
    CHECK_THROWS_WITH(migrate(database, for_both({step(1, kFirst)})), Catch::Contains("newer than this program"));
    CHECK_NOTHROW(migrate(database, things()));  // another role's
    CHECK(number(database, "SELECT count(*) FROM schema_migrations") == 3);
  });
}

TEST_CASE("two nodes may migrate at once") {
  const auto dialect = GENERATE(Dialect::sqlite, Dialect::mysql);
  const TemporaryDirectory directory;
  const auto url = dialect == Dialect::sqlite ? "sqlite:" + (directory.path() / "new.db").string()
                                              : mariadb().url(mariadb().create_database());
  const auto start = [&url] {
    const auto database = open_database({.url = url});
    migrate(*database, for_both({step(1, kFirst), step(2, kSecond)}));
    return number(*database, "SELECT count(*) FROM a");
  };
  auto other = std::async(std::launch::async, start);
  CHECK(start() == 1);
  CHECK(other.get() == 1);
}

TEST_CASE("a failing migration names itself, and can be begun again") {
  for_each_database({}, [](Database& database) {
    const auto broken = for_both({step(1, "CREATE TABLE a (x INT);\nINSERT INTO later VALUES (1);\n")});
    CHECK_THROWS_WITH(migrate(database, broken),
                      Catch::Contains("migration steps/1 step failed") && Catch::Contains("later"));
    if (database.dialect() == Dialect::sqlite) {
      CHECK(number(database, "SELECT count(*) FROM sqlite_schema WHERE name = 'a'") == 0);
    }
    migrate(database, for_both({{"others", 1, "later", Dialect::sqlite, "CREATE TABLE later (x INT);"}}));
    migrate(database, broken);  // on MariaDB table a is there already
    CHECK(number(database, "SELECT count(*) FROM later") == 1);
    CHECK(number(database, "SELECT count(*) FROM a") == 0);
  });
}

TEST_CASE("a migration that was cut short is not gone on with by another text") {
  const auto half = for_both({step(1, "CREATE TABLE a (x INT);\nINSERT INTO later VALUES (1);\n")});
  const auto changed = for_both({step(1, "CREATE TABLE a (x INT);\nINSERT INTO a VALUES (7);\n")});
  for_each_database({}, [&](Database& database) {
    CHECK_THROWS_WITH(migrate(database, half), Catch::Contains("steps/1 step failed"));
    if (database.dialect() == Dialect::sqlite) {
      migrate(database, changed);  // nothing of the first try is left
      CHECK(number(database, "SELECT x FROM a") == 7);
      return;
    }
    // Half of it is there, and nobody knows which half fits the new text.
    for (int i = 0; i < 2; ++i) {
      CHECK_THROWS_WITH(migrate(database, changed), Catch::Contains("steps/1 step is not the text"));
      CHECK_THAT(schema_problem(database, changed).value_or(""), Catch::Contains("is not the text"));
      CHECK(number(database, "SELECT count(*) FROM a") == 0);
      CHECK(number(database, "SELECT count(*) FROM schema_migrations WHERE applied_at IS NULL") == 1);
    }
    CHECK_THAT(schema_problem(database, half).value_or(""), Catch::Contains("steps/1 step was interrupted"));
    // By the text it was begun with it goes on, and the next follows.
    migrate(database, for_both({{"others", 1, "later", Dialect::sqlite, "CREATE TABLE later (x INT);"}}));
    auto whole = half;
    for (const auto& next : for_both({step(2, kSecond)})) whole.push_back(next);
    migrate(database, whole);
    CHECK(number(database, "SELECT count(*) FROM later") == 1);
    CHECK(number(database, "SELECT count(*) FROM b") == 1);
    CHECK(number(database, "SELECT count(*) FROM schema_migrations WHERE applied_at IS NULL") == 0);
    CHECK(schema_problem(database, whole) == std::nullopt);
  });
}

TEST_CASE("a migration that a kill cut short is gone on with where schema changes commit by themselves") {
  const FreshDatabase database(Dialect::mysql, for_both({step(1, kFirst)}));
  database->write([](Connection& connection) {
    connection.execute(
        "INSERT INTO schema_migrations (module, number, name, checksum) VALUES ('steps', 2, 'step', :checksum)",
        checksum(kSecond));
    connection.execute("CREATE TABLE b (y VARCHAR(20) DEFAULT 'other')");
  });
  migrate(*database, for_both({step(1, kFirst), step(2, kSecond), step(3, "CREATE TABLE c (x INT);")}));
  CHECK(number(*database, "SELECT count(*) FROM b WHERE y = 'f :g'") == 1);
  CHECK(number(*database, "SELECT count(*) FROM c") == 0);
  CHECK(number(*database, "SELECT count(*) FROM schema_migrations WHERE applied_at > 0") == 3);
}

TEST_CASE("a renamed column is taken as done by a migration that a kill cut short") {
  constexpr std::string_view kRenames =
      "ALTER TABLE a RENAME COLUMN x TO z, ALGORITHM = INSTANT;\nINSERT INTO a VALUES (2);\n";
  const FreshDatabase database(Dialect::mysql, for_both({step(1, kFirst)}));
  database->write([&](Connection& connection) {
    connection.execute(
        "INSERT INTO schema_migrations (module, number, name, checksum) VALUES ('steps', 2, 'step', :checksum)",
        checksum(kRenames));
    connection.execute("ALTER TABLE a RENAME COLUMN x TO z");
  });
  migrate(*database, for_both({step(1, kFirst), step(2, kRenames)}));
  CHECK(number(*database, "SELECT sum(z) FROM a") == 3);
  const FreshDatabase without(Dialect::mysql, for_both({step(1, kSecond)}));
  CHECK_THROWS_WITH(migrate(*without, for_both({step(1, kSecond), step(2, "ALTER TABLE b RENAME COLUMN x TO z;")})),
                    Catch::Contains("Unknown column"));
}

TEST_CASE("a database that lacks a migration before one it has is left alone") {
  const auto three = for_both({step(1, kFirst), step(2, kSecond), step(3, "CREATE TABLE c (x INT);")});
  for_each_database(three, [&](Database& database) {
    for (const auto* gap : {"UPDATE schema_migrations SET applied_at = NULL WHERE number = 2",
                            "DELETE FROM schema_migrations WHERE number = 2"}) {
      database.write([gap](Connection& connection) { connection.execute(gap); });
      CHECK_THROWS_WITH(migrate(database, three), Catch::Contains("lacks migration steps/2 step but has a later one"));
    }
  });
}

TEST_CASE("a program whose migrations have a gap, or a number twice, applies none") {
  for_each_database({}, [](Database& database) {
    CHECK_THROWS_WITH(migrate(database, for_both({step(2, kSecond)})), Catch::Contains("without a gap"));
    CHECK_THROWS_WITH(migrate(database, for_both({step(1, kFirst), step(3, kSecond)})),
                      Catch::Contains("without a gap"));
    CHECK_THROWS_WITH(migrate(database, for_both({step(1, kFirst), step(1, kSecond)})), Catch::Contains("twice"));
  });
}

TEST_CASE("a table that is there for another reason is no migration's work") {
  for_each_database({}, [](Database& database) {
    database.write([](Connection& connection) { connection.execute("CREATE TABLE a (other INT)"); });
    CHECK_THROWS_WITH(migrate(database, for_both({step(1, kFirst)})), Catch::Contains("exists"));
  });
}
