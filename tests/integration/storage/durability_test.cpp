#include <catch2/catch.hpp>

#include "storage/maintenance.hpp"
#include "storage/open.hpp"
#include "storage/transfer.hpp"
#include "support/databases.hpp"
#include "support/syncs.hpp"
#include "things.hpp"

using namespace dontgoback;
using namespace dontgoback::storage;
using namespace dontgoback::test;
namespace fs = std::filesystem;

namespace {

constexpr std::int64_t kFull = 2;  // https://www.sqlite.org/pragma.html#pragma_synchronous

std::int64_t pragma(Connection& connection, std::string_view sql) {
  return std::get<0>(connection.one<std::int64_t>(sql).value());
}

}  // namespace

TEST_CASE("every connection to a file syncs fully") {
  const FreshDatabase database(Dialect::sqlite, things());
  const auto synchronous = [](Connection& connection) { return pragma(connection, "PRAGMA synchronous"); };
  CHECK(database->write(synchronous) == kFull);
  CHECK(database->read(synchronous) == kFull);
  const auto journal = [](Connection& connection) { return connection.one<std::string>("PRAGMA journal_mode"); };
  CHECK(database->write(journal) == std::tuple("wal"));
  const auto integer = [&](std::string_view sql) {
    return database->write([sql](Connection& connection) { return pragma(connection, sql); });
  };
  CHECK(integer("PRAGMA foreign_keys") == 1);
  CHECK(integer("PRAGMA wal_autocheckpoint") == 0);  // see SqliteCheckpointer
  CHECK(integer("PRAGMA trusted_schema") == 0);
  CHECK(integer("PRAGMA query_only") == 0);
  CHECK(database->read([](Connection& connection) { return pragma(connection, "PRAGMA query_only"); }) == 1);
}

TEST_CASE("a write that has returned was synced, each time; a read syncs nothing") {
  const FreshDatabase database(Dialect::sqlite, things());
  insert_thing(*database, 0);
  const auto wal = database.directory() / "test.db-wal";
  const WatchedSyncs syncs;
  for (int i = 1; i <= 5; ++i) {
    insert_thing(*database, i);
    CHECK(syncs.of(wal) == i);
  }
  count_things(*database);
  CHECK(syncs.of(wal) == 5);
}

TEST_CASE("a write that has returned after the file was opened anew was synced") {
  const FreshDatabase database(Dialect::sqlite, things());
  insert_thing(*database, 0);
  const auto file = database.directory() / "test.db";
  fs::rename(file, database.directory() / "away");
  CHECK_THROWS(insert_thing(*database, 1));
  fs::rename(database.directory() / "away", file);
  insert_thing(*database, 2);
  const WatchedSyncs syncs;
  insert_thing(*database, 3);
  CHECK(syncs.of(database.directory() / "test.db-wal") == 1);
}

TEST_CASE("copies are made durable before they have their name, and their name after") {
  const FreshDatabase database(Dialect::sqlite, things());
  for (int i = 0; i < 100; ++i) insert_thing(*database, i, std::to_string(i));
  const TemporaryDirectory elsewhere;
  const auto copy = elsewhere.path() / "copy.db";
  {
    const WatchedSyncs syncs;
    backup({.url = database.url()}, copy);
    CHECK(syncs.durable(copy));
  }
  const auto restored = elsewhere.path() / "restored.db";
  const WatchedSyncs syncs;
  restore({.url = "sqlite:" + restored.string()}, copy, Existing::keep);
  CHECK(syncs.durable(restored));
}

TEST_CASE("a copy of a stopped server's file is made durable, though nothing in it is changed") {
  const TemporaryDirectory directory;
  const auto file = directory.path() / "stopped.db";
  {
    const auto stopped = open_database({.url = "sqlite:" + file.string()});
    migrate(*stopped, things());
    for (int i = 0; i < 100; ++i) insert_thing(*stopped, i, std::to_string(i));
  }
  REQUIRE_FALSE(fs::exists(file.string() + "-wal"));
  const auto restored = directory.path() / "restored.db";
  const WatchedSyncs syncs;
  restore({.url = "sqlite:" + restored.string()}, file, Existing::keep);
  CHECK(syncs.durable(restored));
}

TEST_CASE("a copy that is looked through, changed and thrown away costs no sync") {
  const FreshDatabase database(Dialect::sqlite, things());
  for (int i = 0; i < 100; ++i) insert_thing(*database, i, std::to_string(i));
  const TemporaryDirectory elsewhere;
  const auto copy = elsewhere.path() / "copy.db";
  backup({.url = database.url()}, copy);
  const WatchedSyncs syncs;
  CHECK(damage_of(copy).empty());
  CHECK(migrations_of(copy).size() == 1);
  with_sqlite_file(copy, [](Connection& connection) { connection.execute("DELETE FROM things WHERE number < 50"); });
  std::int64_t rows = 0;
  for (const auto& table : contents_of(copy)) rows += table.name == "things" ? table.rows : 0;
  CHECK(rows == 50);
  CHECK(syncs.all().empty());
  CHECK_FALSE(fs::exists(copy.string() + "-wal"));  // all of it is in the file itself
}
