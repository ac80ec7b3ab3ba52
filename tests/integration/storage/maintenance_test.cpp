#include "storage/maintenance.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <stdexcept>

#include "support/databases.hpp"
#include "things.hpp"

using namespace dontgoback;
using namespace dontgoback::storage;
using namespace dontgoback::test;
namespace fs = std::filesystem;

namespace {

DatabaseSettings at(const fs::path& file) { return {.url = "sqlite:" + file.string()}; }

}  // namespace

TEST_CASE("a backup taken while the database is in use is restored elsewhere") {
  const FreshDatabase database(Dialect::sqlite, things());
  for (int i = 0; i < 10; ++i) insert_thing(*database, i);
  const auto copy = database.directory() / "copy.db";
  backup({.url = database.url()}, copy);
  insert_thing(*database, 10);

  CHECK((fs::status(copy).permissions() & fs::perms::all) == (fs::perms::owner_read | fs::perms::owner_write));
  CHECK_THROWS_AS(backup({.url = database.url()}, copy), std::invalid_argument);
  const auto restored = at(database.directory() / "restored.db");
  restore(restored, copy, Existing::keep);
  CHECK(check(restored, things()).empty());
  CHECK(count_things(*open_database(restored)) == 10);
  CHECK(count_things(*database) == 11);
}

TEST_CASE("a database is replaced only when told so, and not while it is in use") {
  const FreshDatabase database(Dialect::sqlite, things());
  insert_thing(*database, 1);
  const auto copy = database.directory() / "copy.db";
  backup({.url = database.url()}, copy);
  const auto other = at(database.directory() / "other.db");
  {
    const auto in_use = open_database(other);
    migrate(*in_use, things());
    CHECK_THROWS_WITH(restore(other, copy, Existing::keep), Catch::Contains("is there already"));
    CHECK_THROWS_WITH(restore(other, copy, Existing::replace), Catch::Contains("in use"));
    CHECK(count_things(*in_use) == 0);
  }
  restore(other, copy, Existing::replace);
  CHECK(count_things(*open_database(other)) == 1);
}

TEST_CASE("a damaged copy is not restored") {
  const FreshDatabase database(Dialect::sqlite, things());
  database->write([](Connection& connection) {
    for (int i = 0; i < 2000; ++i) {
      connection.execute("INSERT INTO things (name) VALUES (:name)", "thing " + std::to_string(i));
    }
  });
  const auto copy = database.directory() / "copy.db";
  backup({.url = database.url()}, copy);
  SECTION("pages overwritten") {
    std::fstream file(copy, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(3 * 4096 + 100);
    file << std::string(8000, '?');
  }
  SECTION("cut off") { fs::resize_file(copy, fs::file_size(copy) / 2); }
  SECTION("no database at all") { std::ofstream(copy) << "hello, this is not a database, though it is long enough"; }
  const auto target = database.directory() / "restored.db";
  CHECK_THROWS_WITH(restore(at(target), copy, Existing::keep), Catch::Contains("is damaged"));
  CHECK_FALSE(fs::exists(target));
  CHECK(std::distance(fs::directory_iterator(database.directory()), fs::directory_iterator()) == 4);
}

TEST_CASE("a check names what is wrong") {
  const auto dialect = GENERATE(Dialect::sqlite, Dialect::mysql);
  const FreshDatabase database(dialect, things());
  const DatabaseSettings settings{.url = database.url()};
  CHECK(check(settings, things()).empty());
  auto more = things();
  more.push_back({"things", 2, "more", dialect, "SELECT 1;"});
  CHECK(check(settings, more) == std::vector<std::string>{"migration things/2 more is not applied"});
}

TEST_CASE("MariaDB has tools of its own for copies") {
  const DatabaseSettings settings{.url = "mysql://u@h/x"};
  CHECK_THROWS_WITH(backup(settings, "/tmp/never"), Catch::Contains("mariadb-dump"));
  CHECK_THROWS_WITH(restore(settings, "/tmp/never", Existing::keep), Catch::Contains("mariadb-dump"));
}
