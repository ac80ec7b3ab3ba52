#include "support/databases.hpp"

#include <catch2/catch.hpp>

#include "storage/open.hpp"
#include "support/mariadb.hpp"

namespace dontgoback::test {

FreshDatabase::FreshDatabase(storage::Dialect dialect, const storage::Migrations& migrations)
    : url_(dialect == storage::Dialect::sqlite ? "sqlite:" + (directory_.path() / "test.db").string()
                                               : mariadb().url(mariadb().create_database())),
      database_(storage::open_database({.url = url_})) {
  storage::migrate(*database_, migrations);
}

void for_each_database(const storage::Migrations& migrations, const std::function<void(storage::Database&)>& body) {
  SECTION("sqlite") { body(*FreshDatabase(storage::Dialect::sqlite, migrations)); }
  SECTION("mysql") { body(*FreshDatabase(storage::Dialect::mysql, migrations)); }
}

}  // namespace dontgoback::test
