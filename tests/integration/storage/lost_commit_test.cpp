#include <catch2/catch.hpp>
#include <optional>

#include "dontgoback/result.hpp"
#include "storage/open.hpp"
#include "support/databases.hpp"
#include "support/mariadb_proxy.hpp"
#include "things.hpp"

using namespace dontgoback;
using namespace dontgoback::storage;
using namespace dontgoback::test;
using Cut = MariadbProxy::Cut;
using Effect = Unavailable::Effect;

namespace {

/// A database behind a proxy, and what becomes of one write.
struct Behind {
  Behind() : fresh(Dialect::mysql, things()), database(open_database({.url = proxy.url(name())})) {
    insert_thing(*database, 0);  // a connection is open
  }
  std::string name() const {
    const auto& url = fresh.url();
    const auto begin = url.find("///") + 3;
    return url.substr(begin, url.find('?') - begin);
  }
  std::optional<Effect> write() {
    try {
      database->write([this](Connection& connection) {
        ++runs;
        connection.execute("INSERT INTO things (number) VALUES (1)");
      });
      return std::nullopt;
    } catch (const Unavailable& away) {
      cause = away.what();
      return away.effect();
    }
  }
  /// How often the write is there.
  std::int64_t written() { return count_things(*fresh) - 1; }

  FreshDatabase fresh;
  MariadbProxy proxy;
  std::unique_ptr<Database> database;
  int runs = 0;
  std::string cause;
};

}  // namespace

TEST_CASE("a connection lost under COMMIT: the write is not run again, and nobody is told what is not known") {
  const auto where = GENERATE(Cut::before_commit, Cut::after_commit);
  Behind it;
  it.proxy.cut(where);
  CHECK(it.write() == Effect::perhaps_saved);
  CHECK_THAT(it.cause, Catch::Contains("under COMMIT"));
  CHECK(it.proxy.cuts() == 1);
  CHECK(it.runs == 1);
  CHECK(it.written() == (where == Cut::after_commit ? 1 : 0));

  CHECK(it.write() == std::nullopt);  // on a new connection
  CHECK(it.written() == (where == Cut::after_commit ? 2 : 1));
}

TEST_CASE("a connection lost before COMMIT: the write is run again, once") {
  Behind it;
  it.proxy.cut(Cut::at_statement);
  CHECK(it.write() == std::nullopt);
  CHECK(it.runs == 2);
  CHECK(it.written() == 1);

  it.proxy.cut(Cut::at_statement, 2);
  it.runs = 0;
  CHECK(it.write() == Effect::not_saved);
  CHECK(it.runs == 2);
  CHECK(it.written() == 1);
}

TEST_CASE("a write run again after a loss that loses its COMMIT is not run a third time") {
  Behind it;
  int runs = 0;
  const auto work = [&](Connection& connection) {
    ++runs;
    connection.execute("INSERT INTO things (number) VALUES (1)");
    if (runs == 2) it.proxy.cut(Cut::after_commit);
  };
  it.proxy.cut(Cut::at_statement);
  CHECK_THROWS_AS(it.database->write(work), Unavailable);
  CHECK(runs == 2);
  CHECK(it.written() == 1);
}

TEST_CASE("a read whose connection is lost is read again") {
  Behind it;
  count_things(*it.database);  // the reader's connection is open
  it.proxy.cut(Cut::at_statement);
  CHECK(count_things(*it.database) == 1);
  CHECK(it.proxy.cuts() == 1);
}
