#include "support/databases.hpp"

#include <catch2/catch.hpp>

#include "support/mariadb.hpp"

namespace dontgoback::test {

namespace {

const TableOwners& owners() {
  static const auto kOwners = TableOwners::of_sources();
  return kOwners;
}

}  // namespace

CheckedDatabase::CheckedDatabase(storage::DatabaseSettings settings) : checks_(owners()) {
  settings.observer = &checks_;
  database_ = storage::open_database(settings);
}

CheckedDatabase::~CheckedDatabase() {
  database_.reset();
  for (const auto& violation : checks_.ownership.violations()) FAIL_CHECK(violation);
  for (const auto& violation : checks_.plans.violations()) FAIL_CHECK(violation);
}

void CheckedDatabase::Checks::runs(sqlite_api::sqlite3* connection, const storage::Sql& sql) {
  ownership.runs(connection, sql);
  if (!owners.exempt(owners.folder_of(sql.file()))) plans.runs(connection, sql);
}

FreshDatabase::FreshDatabase(storage::Dialect dialect, const storage::Migrations& migrations)
    : url_(dialect == storage::Dialect::sqlite ? "sqlite:" + (directory_.path() / "test.db").string()
                                               : mariadb().url(mariadb().create_database())),
      database_({.url = url_}) {
  storage::migrate(*database_, migrations);
}

void for_each_database(const storage::Migrations& migrations, const std::function<void(storage::Database&)>& body) {
  bool ran = false;
  const auto run = [&](storage::Dialect dialect) {
    ran = true;
    body(*FreshDatabase(dialect, migrations));
  };
  SECTION("sqlite") { run(storage::Dialect::sqlite); }
  SECTION("mysql") { run(storage::Dialect::mysql); }
  // Sections are entered once, so of a loop around them only the first turn would be a test.
  if (!ran) FAIL("a second call in one test case: GENERATE what is to be gone through");
}

}  // namespace dontgoback::test
