#include <mutex>

#include "dontgoback/result.hpp"
#include "dontgoback/storage/planned.hpp"
#include "storage/statistics.hpp"
#include "support/databases.hpp"

using namespace dontgoback;
using namespace dontgoback::test;
using storage::Connection;

namespace {

const storage::Planned kSlow("test/slow",
                             "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) "
                             "SELECT COUNT(*) FROM n a, n b, n c, n d");

}  // namespace

TEST_CASE("A statement stopped by its time limit is told of by its name") {
  const auto dialect = ON_EACH_DATABASE();
  FreshDatabase fresh(dialect);
  const auto database = storage::open_database({.url = fresh.url(), .statement_limit = std::chrono::milliseconds(50)});
  std::mutex mutex;
  std::vector<std::string> stopped;
  storage::tell_stopped_statements(*database, [&](std::string_view name) {
    const std::lock_guard lock(mutex);
    stopped.emplace_back(name);
  });
  const auto run = [](const storage::Sql& sql) {
    return [&sql](Connection& connection) { connection.one<std::int64_t>(sql); };
  };
  const auto planned = kSlow.in(dialect);
  const storage::Sql unplanned(planned.text());
  CHECK_THROWS_AS(database->read(run(planned)), Unavailable);
  CHECK_THROWS_AS(database->write(run(planned)), Unavailable);
  // What has no name of its own has its file's.
  CHECK_THROWS_AS(database->read(run(unplanned)), Unavailable);
  CHECK(stopped ==
        std::vector<std::string>{"test/slow", "test/slow", "tests/integration/storage/stopped_statements_test"});

  // Neither one that is in time nor one that fails is counted.
  database->read(run("SELECT 1"));
  CHECK_THROWS(database->read(run("SELECT no_such_column")));
  CHECK(stopped.size() == 3);
}

TEST_CASE("What is run where the sources say is named by its file") {
  CHECK(storage::Sql("SELECT 1", "modules/core/feed/post_store.cpp", 7).name() == "core/feed/post_store");
  CHECK(storage::Sql("SELECT 1", "src/jobs/lease.cpp", 7).name() == "jobs/lease");
  CHECK(kSlow.in(storage::Dialect::sqlite).name() == "test/slow");
}

TEST_CASE("A plan is said in the words of each dialect") {
  static const storage::Planned kJoin(
      "test/join", "SELECT 1 FROM posts p {posts_shown} CROSS JOIN accounts a {PRIMARY} ON a.id = 1");
  static const storage::Planned kDelete("test/delete", "DELETE FROM things {things_by_age} WHERE age > :age");
  static const storage::Planned kUpdate("test/update", "UPDATE things {things_by_age} SET age = 1 WHERE age > :age");
  const auto in = [](const storage::Planned& planned, storage::Dialect dialect) {
    return std::string(planned.in(dialect).text());
  };
  using enum storage::Dialect;
  CHECK(in(kJoin, sqlite) == "SELECT 1 FROM posts p INDEXED BY posts_shown CROSS JOIN accounts a ON a.id = 1");
  CHECK(in(kJoin, mysql) ==
        "SELECT 1 FROM posts p FORCE INDEX (posts_shown) STRAIGHT_JOIN accounts a FORCE INDEX (PRIMARY) ON a.id = 1");
  CHECK(in(kDelete, sqlite) == "DELETE FROM things INDEXED BY things_by_age WHERE age > :age");
  CHECK(in(kDelete, mysql) == "DELETE things FROM things FORCE INDEX (things_by_age) WHERE age > :age");
  CHECK(in(kUpdate, mysql) == "UPDATE things FORCE INDEX (things_by_age) SET age = 1 WHERE age > :age");
}
