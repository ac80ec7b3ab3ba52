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
  SECTION("sqlite") { body(*FreshDatabase(storage::Dialect::sqlite, migrations)); }
  SECTION("mysql") { body(*FreshDatabase(storage::Dialect::mysql, migrations)); }
}

}  // namespace dontgoback::test
