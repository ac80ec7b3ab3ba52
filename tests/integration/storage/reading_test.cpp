// What commands read with: nothing on disk may change by it.
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <map>
#include <stdexcept>

#include "dontgoback/result.hpp"
#include "storage/maintenance.hpp"
#include "support/databases.hpp"
#include "things.hpp"

using namespace dontgoback;
using namespace dontgoback::storage;
using namespace dontgoback::test;
namespace fs = std::filesystem;

namespace {

DatabaseSettings at(const fs::path& file) { return {.url = "sqlite:" + file.string()}; }

struct Seen {
  std::string content;
  fs::file_time_type changed;
  bool operator==(const Seen&) const = default;
};

std::map<fs::path, Seen> all_in(const fs::path& directory) {
  std::map<fs::path, Seen> all{{directory, {"", fs::last_write_time(directory)}}};
  for (const auto& entry : fs::directory_iterator(directory)) {
    std::ifstream file(entry.path(), std::ios::binary);
    all.emplace(entry.path(), Seen{{std::istreambuf_iterator<char>(file), {}}, entry.last_write_time()});
  }
  return all;
}

/// A database of ten things in a directory of its own, which nobody has open.
struct Stopped {
  Stopped() {
    const auto database = open_database(at(file()));
    migrate(*database, things());
    for (int i = 0; i < 10; ++i) insert_thing(*database, i);
  }
  fs::path file() const { return directory.path() / "a strange?name#%.db"; }
  TemporaryDirectory directory;
};

/// The files of a database whose server was killed: most of it is in the WAL.
struct Killed {
  Killed() {
    const TemporaryDirectory elsewhere;
    const auto database = open_database(at(elsewhere.path() / "x.db"));
    migrate(*database, things());
    for (int i = 0; i < 10; ++i) insert_thing(*database, i);
    for (const auto* suffix : {"", "-wal", "-shm"}) {
      fs::copy_file(elsewhere.path() / ("x.db" + std::string(suffix)), file().string() + suffix);
    }
  }
  fs::path file() const { return directory.path() / "x.db"; }
  TemporaryDirectory directory;
};

template <class Files>
void nothing_changes_in(const Files& files) {
  const auto before = all_in(files.directory.path());
  {
    const auto database = open_to_read(at(files.file()));
    CHECK(count_things(*database) == 10);
    CHECK_FALSE(schema_problem(*database, things()));
    CHECK_THROWS_AS(insert_thing(*database, 11), std::logic_error);
    CHECK_THROWS_AS(database->read([](Connection& connection) { connection.execute("DELETE FROM things"); }),
                    std::exception);
    CHECK(count_things(*database) == 10);
    CHECK(database->reachable());
    CHECK(all_in(files.directory.path()) == before);
  }
  CHECK(check(at(files.file()), things()).empty());
  CHECK(all_in(files.directory.path()) == before);
}

}  // namespace

TEST_CASE("a stopped database is read as it lies there") { nothing_changes_in(Stopped()); }

TEST_CASE("what a killed server left in the WAL is read, and stays there") {
  const Killed killed;
  REQUIRE(fs::file_size(killed.file().string() + "-wal") > 0);
  nothing_changes_in(killed);
  fs::remove(killed.file().string() + "-shm");
  CHECK_THROWS_WITH(count_things(*open_to_read(at(killed.file()))), Catch::Contains("-shm"));
}

TEST_CASE("a database is not made by reading it") {
  const TemporaryDirectory directory;
  const auto missing = at(directory.path() / "missing.db");
  CHECK_THROWS_AS(count_things(*open_to_read(missing)), Unavailable);
  CHECK(fs::is_empty(directory.path()));
  auto not_made = missing;
  not_made.may_create = false;
  CHECK_THROWS_AS(insert_thing(*open_database(not_made), 1), Unavailable);
  CHECK(fs::is_empty(directory.path()));
}

TEST_CASE("what was changed under a reader is not answered") {
  const Stopped stopped;
  const auto reader = open_to_read(at(stopped.file()));
  const auto read_while_written = [&] {
    reader->read([&](Connection& connection) {
      connection.one<std::int64_t>("SELECT count(*) FROM things");
      const auto server = open_database(at(stopped.file()));
      insert_thing(*server, 11);
    });
  };
  CHECK_THROWS_WITH(read_while_written(), Catch::Contains("try again"));
  CHECK(count_things(*reader) == 11);  // anew
}

TEST_CASE("a schema that is not the program's is said, with what to do") {
  const auto more = [] {
    auto all = things();
    for (const auto dialect : {Dialect::sqlite, Dialect::mysql}) {
      all.push_back({"things", 2, "more", dialect, "CREATE TABLE more (id BIGINT);"});
    }
    return all;
  };
  Migrations others;
  for (const auto dialect : {Dialect::sqlite, Dialect::mysql}) {
    others.push_back({"others", 1, "others", dialect, "CREATE TABLE others (id BIGINT);"});
  }
  for_each_database({}, [&](Database& database) {
    CHECK_THAT(schema_problem(database, things()).value(), Catch::Contains("empty") && Catch::Contains("db migrate"));
    CHECK(migrate(database, things()) == 1);
    CHECK(migrate(database, things()) == 0);
    CHECK_FALSE(schema_problem(database, things()));
    CHECK_THAT(schema_problem(database, more()).value(), Catch::Contains("older than this program") &&
                                                             Catch::Contains("things/2 more") &&
                                                             Catch::Contains("db migrate"));
    CHECK_THAT(schema_problem(database, others).value(),
               Catch::Contains("no tables of others") && Catch::Contains("--role"));
    migrate(database, more());
    CHECK_THAT(schema_problem(database, things()).value(),
               Catch::Contains("newer than this program") && Catch::Contains("things/2 more"));
    migrate(database, others);
    CHECK_FALSE(schema_problem(database, others));  // of its own module only
  });
}

TEST_CASE("MariaDB is read by a connection that cannot write") {
  const FreshDatabase database(Dialect::mysql, things());
  insert_thing(*database, 1);
  const auto reader = open_to_read({.url = database.url()});
  CHECK(count_things(*reader) == 1);
  CHECK_THROWS_AS(insert_thing(*reader, 2), std::logic_error);
  CHECK_THROWS_AS(reader->read([](Connection& connection) { connection.execute("DELETE FROM things"); }),
                  std::exception);
  CHECK(count_things(*database) == 1);
}
