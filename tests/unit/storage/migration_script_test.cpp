#include "storage/migration_script.hpp"

#include <catch2/catch.hpp>

#include "storage/schema_state.hpp"

using namespace dontgoback::storage;
using Texts = std::vector<std::string>;

TEST_CASE("a migration is split at semicolons that end a line") {
  CHECK(split_statements("CREATE TABLE a (x INT);\nCREATE TABLE b (\n  y INT\n);\n") ==
        Texts{"CREATE TABLE a (x INT)", "CREATE TABLE b (\n  y INT\n)"});
  CHECK(split_statements("INSERT INTO a VALUES ('x; y');") == Texts{"INSERT INTO a VALUES ('x; y')"});
  CHECK(split_statements("CREATE TABLE a (x INT)") == Texts{"CREATE TABLE a (x INT)"});
  CHECK(split_statements("\r\n ;\n-- nothing;\n").empty());
}

TEST_CASE("comments of a migration are left out, text between quotes is not") {
  CHECK(split_statements("-- first: a;\nCREATE TABLE a (\n  x INT, -- Role: 0, it's;\n  y INT\n); -- done\n") ==
        Texts{"CREATE TABLE a (\n  x INT,\n  y INT\n)"});
  CHECK(split_statements("INSERT INTO a VALUES ('one;\n -- two  \n''three;\n');") ==
        Texts{"INSERT INTO a VALUES ('one;\n -- two  \n''three;\n')"});
}

TEST_CASE("a changed migration has another checksum") {
  CHECK(checksum("") == "cbf29ce484222325");
  CHECK(checksum("a") == "af63dc4c8601ec8c");
  CHECK(checksum("CREATE TABLE a (x INT);") != checksum("CREATE TABLE a (y INT);"));
}

namespace {

Migration migration(std::string_view module, int number, std::string_view sql = "SELECT 1;") {
  return {module, number, "name", Dialect::sqlite, sql};
}

AppliedMigration applied(const Migration& migration) {
  return {std::string(migration.module), migration.number, "name", checksum(migration.sql),
          dontgoback::time::Timestamp{}};
}

Texts titles(const Migrations& migrations, const std::vector<AppliedMigration>& done) {
  Texts result;
  for (const auto& outstanding : outstanding_migrations(migrations, Dialect::sqlite, done)) {
    result.push_back(title_of(outstanding.migration) + (outstanding.begun ? " again" : ""));
  }
  return result;
}

}  // namespace

TEST_CASE("what is outstanding comes by module as given, then by number") {
  const Migrations all{
      migration("core", 2), migration("auth", 1), migration("core", 1), {"core", 1, "other", Dialect::mysql, "x"}};
  CHECK(titles(all, {}) == Texts{"core/1 name", "core/2 name", "auth/1 name"});
  CHECK(titles(all, {applied(all[2])}) == Texts{"core/2 name", "auth/1 name"});
  CHECK(titles(all, {applied(migration("gone", 1)), applied(all[1]), applied(all[2]), applied(all[0])}).empty());
}

TEST_CASE("an interrupted migration is outstanding again") {
  const Migrations all{migration("core", 1), migration("core", 2)};
  auto begun = applied(all[1]);
  begun.applied_at.reset();
  CHECK(titles(all, {applied(all[0]), begun}) == Texts{"core/2 name again"});
}

TEST_CASE("a database and a program that do not belong together are told so") {
  const Migrations two{migration("core", 1), migration("core", 2)};
  CHECK_THROWS_WITH(titles(two, {applied(two[0]), applied(two[1]), applied(migration("core", 3))}),
                    Catch::Contains("newer than this program") && Catch::Contains("core/3"));
  CHECK_THROWS_WITH(titles(two, {applied(migration("core", 1, "SELECT 2;"))}), Catch::Contains("not the text"));
  CHECK_THROWS_WITH(titles(two, {applied(two[1])}), Catch::Contains("lacks migration core/1"));
  CHECK_THROWS_WITH(titles({migration("core", 2)}, {}), Catch::Contains("without a gap"));
  CHECK_THROWS_WITH(titles({migration("core", 1), migration("core", 1)}, {}), Catch::Contains("twice"));
}
