#include "support/plan_check.hpp"

#include "support/databases.hpp"

// As soci-sqlite3.h does.
namespace sqlite_api {
#include <sqlite3.h>
}  // namespace sqlite_api

using namespace dontgoback;
using namespace dontgoback::test;
using namespace sqlite_api;

namespace {

std::vector<std::string> refused(std::string_view sql) {
  sqlite3* connection = nullptr;
  sqlite3_open(":memory:", &connection);
  sqlite3_exec(connection,
               "CREATE TABLE things (id INTEGER PRIMARY KEY, owner INTEGER, name TEXT);"
               "CREATE INDEX things_by_owner ON things (owner, id);"
               "CREATE TABLE pairs (a INTEGER, b INTEGER, PRIMARY KEY (a, b)) WITHOUT ROWID;"
               "CREATE TABLE jobs (name TEXT PRIMARY KEY) WITHOUT ROWID",
               nullptr, nullptr, nullptr);
  PlanCheck check;
  check.runs(connection, storage::Sql(sql));
  sqlite3_close(connection);
  return check.violations();
}

}  // namespace

TEST_CASE("A statement that walks rows without a plan of its own is refused") {
  for (const auto* sql :
       {"SELECT * FROM things", "SELECT * FROM things t WHERE t.id < :before ORDER BY t.id DESC LIMIT 10",
        "SELECT * FROM things WHERE owner = :owner AND id < :before ORDER BY id DESC LIMIT 10",
        "SELECT * FROM things WHERE owner = :owner", "SELECT * FROM things WHERE owner = :owner ORDER BY name",
        "UPDATE things SET name = 'x' WHERE owner = :owner", "DELETE FROM things WHERE id < :id",
        "SELECT count(*) FROM things", "SELECT t.name FROM pairs p JOIN things t ON t.id = p.b WHERE p.b = :b"}) {
    CAPTURE(sql);
    CHECK_FALSE(refused(sql).empty());
  }
}

TEST_CASE("What looks rows up one by one, or is about a small table, needs no plan") {
  for (const auto* sql :
       {"SELECT * FROM things WHERE id = :id", "UPDATE things SET name = :name WHERE id = :id",
        "SELECT b FROM pairs WHERE a = :a", "DELETE FROM pairs WHERE a = :a AND b = :b", "SELECT name FROM jobs",
        "INSERT INTO things (owner) VALUES (:owner)",
        "WITH v (id) AS (VALUES (1), (2)) SELECT v.id, t.name FROM v CROSS JOIN things t ON t.id = v.id"}) {
    CAPTURE(sql);
    CHECK(refused(sql) == std::vector<std::string>{});
  }
}
