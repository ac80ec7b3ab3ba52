#include "storage/transfer.hpp"

#include <catch2/catch.hpp>
#include <chrono>
#include <fstream>
#include <future>

#include "jobs/migrations.hpp"
#include "storage/tables.hpp"
#include "support/databases.hpp"
#include "support/mariadb.hpp"

namespace dontgoback::core {
storage::Migrations migrations();
}
namespace dontgoback::auth {
storage::Migrations migrations();
}

using namespace dontgoback;
using namespace dontgoback::storage;
using dontgoback::test::FreshDatabase;
using dontgoback::test::TemporaryDirectory;

namespace {

/// Tables of every shape that there may be: keys of text, of two columns, ids that count up, NULLs, bytes.
Migrations shapes() {
  auto all = jobs::migrations();
  all.push_back({"shapes", 1, "shapes", Dialect::sqlite,
                 "CREATE TABLE texts (id INTEGER PRIMARY KEY AUTOINCREMENT, number INTEGER, text TEXT, bytes BLOB);\n"
                 "CREATE TABLE pairs (name TEXT NOT NULL, place INTEGER NOT NULL, parent_id INTEGER REFERENCES texts "
                 "(id), PRIMARY KEY (name, place)) WITHOUT ROWID;\n"
                 "CREATE TABLE seeds (id INTEGER PRIMARY KEY, version INTEGER NOT NULL);\n"
                 "INSERT OR IGNORE INTO seeds (id, version) VALUES (1, 1);"});
  all.push_back({"shapes", 1, "shapes", Dialect::mysql,
                 "CREATE TABLE texts (id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY, number BIGINT, text MEDIUMTEXT, "
                 "bytes LONGBLOB) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;\n"
                 "CREATE TABLE pairs (name VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, place INT NOT "
                 "NULL, parent_id BIGINT, PRIMARY KEY (name, place), FOREIGN KEY (parent_id) REFERENCES texts (id)) "
                 "CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;\n"
                 "CREATE TABLE seeds (id INT NOT NULL PRIMARY KEY, version BIGINT NOT NULL) CHARACTER SET utf8mb4 "
                 "COLLATE utf8mb4_bin;\n"
                 "INSERT IGNORE INTO seeds (id, version) VALUES (1, 1);"});
  return all;
}

std::string every_plane() {
  std::string text;
  for (const char32_t c : {U' ', U'\'', U'"', U'\\', U'%', U'`', U':', U'\n', U'\r', U'\t', U'\x1a', U'\x7f', U'é',
                           U'가', U'\u200d', U'\ufffd', U'\U0001f600', U'\U0010ffff'}) {
    if (c < 0x80) {
      text += static_cast<char>(c);
    } else if (c < 0x800) {
      text += {static_cast<char>(0xc0 | c >> 6), static_cast<char>(0x80 | (c & 0x3f))};
    } else if (c < 0x10000) {
      text += {static_cast<char>(0xe0 | c >> 12), static_cast<char>(0x80 | (c >> 6 & 0x3f)),
               static_cast<char>(0x80 | (c & 0x3f))};
    } else {
      text += {static_cast<char>(0xf0 | c >> 18), static_cast<char>(0x80 | (c >> 12 & 0x3f)),
               static_cast<char>(0x80 | (c >> 6 & 0x3f)), static_cast<char>(0x80 | (c & 0x3f))};
    }
  }
  return text;
}

void fill(Database& database) {
  database.write([](Connection& connection) {
    for (int i = 0; i < 2500; ++i) {  // more than a page, and more than one statement takes
      const auto number = i % 3 == 0 ? std::optional<std::int64_t>() : std::optional<std::int64_t>(i * 1'000'000'007LL);
      const auto text = i % 5 == 0 ? std::optional<std::string>() : every_plane() + std::to_string(i);
      connection.execute("INSERT INTO texts (number, text) VALUES (:number, :text)", number, text);
    }
    connection.execute("INSERT INTO texts (number, text) VALUES (:number, :text)", -9'223'372'036'854'775'807LL,
                       std::string(3'000'000, 'x'));
    std::string bytes;
    for (int i = 0; i < 512; ++i) bytes += static_cast<char>(i * 7);
    connection.execute("INSERT INTO texts (number, bytes) VALUES (:number, :bytes)", 1, bytes);
    connection.execute("INSERT INTO texts (number, text) VALUES (:number, :text)", 0, "");
    for (int i = 0; i < 1100; ++i) {
      for (const auto* name : {"a", "A", "a-b", "~"}) {
        const auto parent = i % 2 == 0 ? std::optional<std::int64_t>(i + 1) : std::nullopt;
        connection.execute("INSERT INTO pairs (name, place, parent_id) VALUES (:name, :place, :parent)", name, i - 500,
                           parent);
      }
    }
    connection.execute("UPDATE seeds SET version = 41 WHERE id = 1");
    connection.execute("DELETE FROM texts WHERE text = :text", "");  // the last id, which is never given again
    connection.execute("INSERT INTO leases (name, owner, expires_at) VALUES (:name, :owner, 9)", "job/x", "somebody");
  });
}

std::vector<std::string> summary(const std::filesystem::path& file) {
  std::vector<std::string> lines;
  for (const auto& table : contents_of(file)) {
    lines.push_back(table.name + " " + std::to_string(table.rows) + " " + table.digest + " " +
                    std::to_string(table.last_id));
  }
  return lines;
}

}  // namespace

TEST_CASE("a database is the same file whichever it came from, and back") {
  const TemporaryDirectory folder;
  const FreshDatabase sqlite(Dialect::sqlite, shapes());
  fill(*sqlite);
  const auto first = folder.path() / "first.sqlite";
  export_database({.url = sqlite.url()}, shapes(), first, {});
  CHECK(damage_of(first).empty());

  const DatabaseSettings mariadb{.url = test::mariadb().url(test::mariadb().create_database())};
  CHECK(occupied_by(mariadb, shapes()).empty());
  std::int64_t told = 0;
  import_database(first, mariadb, shapes(), "token", [&told](std::int64_t done, std::int64_t total) {
    CHECK(done <= total);
    told = done;
  });
  CHECK(told > 0);
  CHECK(import_committed(mariadb, "token"));
  CHECK_FALSE(import_committed(mariadb, "another"));
  const auto analyzed = [&] {
    return open_database(mariadb)->read([](Connection& connection) {
      return std::stoll(std::get<0>(connection
                                        .one<std::string>("SELECT variable_value FROM information_schema.global_status "
                                                          "WHERE variable_name = 'COM_ANALYZE'")
                                        .value()));
    });
  };
  const auto before = analyzed();
  finish_import(mariadb, "token");
  CHECK(analyzed() - before >= static_cast<std::int64_t>(contents_of(first).size()));  // each table once
  CHECK_FALSE(import_committed(mariadb, "token"));
  CHECK_FALSE(occupied_by(mariadb, shapes()).empty());
  CHECK_THROWS_WITH(import_database(first, mariadb, shapes(), "again", {}), Catch::Contains("is not empty"));

  const auto second = folder.path() / "second.sqlite";
  export_database(mariadb, shapes(), second, {});
  CHECK(damage_of(second).empty());
  CHECK(summary(second) == summary(first));
  with_sqlite_file(second, [](Connection& connection) {
    CHECK(std::get<0>(connection.one<std::int64_t>("SELECT count(*) FROM leases").value()) == 0);
    CHECK(std::get<0>(connection.one<std::int64_t>("SELECT version FROM seeds").value()) == 41);
    connection.execute("INSERT INTO texts (number) VALUES (1)");
    CHECK(connection.last_insert_id() == 2504);
  });
  open_database(mariadb)->write([](Connection& connection) {
    connection.execute("INSERT INTO texts (number) VALUES (1)");
    CHECK(connection.last_insert_id() == 2504);
  });
}

TEST_CASE("an export is one state, whatever is written meanwhile") {
  const auto dialect = GENERATE(Dialect::sqlite, Dialect::mysql);
  const TemporaryDirectory folder;
  const FreshDatabase database(dialect, shapes());
  fill(*database);
  const auto before = folder.path() / "before.sqlite";
  export_database({.url = database.url()}, shapes(), before, {});
  // The first row that is copied finds a writer at work, who is not made to wait.
  const auto during = folder.path() / "during.sqlite";
  bool wrote = false;
  export_database({.url = database.url()}, shapes(), during, [&](std::int64_t, std::int64_t) {
    if (std::exchange(wrote, true)) return;
    database->write([](Connection& connection) { connection.execute("DELETE FROM pairs"); });
  });
  if (wrote) CHECK(summary(during) == summary(before));
  CHECK(damage_of(during).empty());
}

TEST_CASE("an import that fails leaves MariaDB empty, and can be made again") {
  const TemporaryDirectory folder;
  const FreshDatabase sqlite(Dialect::sqlite, shapes());
  fill(*sqlite);
  const auto file = folder.path() / "file.sqlite";
  export_database({.url = sqlite.url()}, shapes(), file, {});
  const DatabaseSettings mariadb{.url = test::mariadb().url(test::mariadb().create_database())};
  struct Cut {};
  CHECK_THROWS_AS(import_database(file, mariadb, shapes(), "token", [](std::int64_t, std::int64_t) { throw Cut{}; }),
                  Cut);
  CHECK(occupied_by(mariadb, shapes()).empty());
  CHECK_FALSE(import_committed(mariadb, "token"));
  import_database(file, mariadb, shapes(), "token", {});
  CHECK(import_committed(mariadb, "token"));
}

TEST_CASE("whether an import was committed is said once the server has done with it") {
  const DatabaseSettings mariadb{.url = test::mariadb().url(test::mariadb().create_database())};
  const auto database = open_database(mariadb);
  migrate(*database, shapes());
  std::future<bool> answer;
  database->write([&](Connection& connection) {
    connection.execute("INSERT INTO leases (name, owner, expires_at) VALUES ('restore', 'token', 0)");
    answer = std::async(std::launch::async, [&mariadb] { return import_committed(mariadb, "token"); });
    CHECK(answer.wait_for(std::chrono::milliseconds(300)) == std::future_status::timeout);
  });
  CHECK(answer.get());
}

TEST_CASE("what is in MariaDB already keeps an import out") {
  const DatabaseSettings mariadb{.url = test::mariadb().url(test::mariadb().create_database())};
  const auto database = open_database(mariadb);
  SECTION("somebody else's table") {
    database->write([](Connection& connection) { connection.execute("CREATE TABLE somebodys (id INT PRIMARY KEY)"); });
    CHECK(occupied_by(mariadb, shapes()) == "it has a table somebodys");
  }
  SECTION("rows") {
    migrate(*database, shapes());
    CHECK(occupied_by(mariadb, shapes()).empty());  // what migrations themselves put there does not count
    database->write([](Connection& connection) { connection.execute("INSERT INTO texts (number) VALUES (1)"); });
    CHECK(occupied_by(mariadb, shapes()) == "its table texts has rows");
  }
}

TEST_CASE("a database with what the program does not know is not exported") {
  const auto dialect = GENERATE(Dialect::sqlite, Dialect::mysql);
  const TemporaryDirectory folder;
  const FreshDatabase database(dialect, shapes());
  const auto file = folder.path() / "file.sqlite";
  CHECK_THROWS_WITH(export_database({.url = database.url()}, jobs::migrations(), file, {}),
                    Catch::Contains("newer than this program") && Catch::Contains("shapes"));
}

TEST_CASE("an older database is exported as it is, and migrated as a file") {
  const auto dialect = GENERATE(Dialect::sqlite, Dialect::mysql);
  const TemporaryDirectory folder;
  auto newer = shapes();
  for (const auto of : {Dialect::sqlite, Dialect::mysql}) {
    newer.push_back({"shapes", 2, "later", of, "ALTER TABLE seeds ADD COLUMN later INTEGER NOT NULL DEFAULT 7;"});
  }
  const FreshDatabase database(dialect, shapes());
  const auto file = folder.path() / "file.sqlite";
  export_database({.url = database.url()}, newer, file, {});
  CHECK(migrations_of(file).back().number == 1);
  migrate_file(file, newer);
  CHECK(migrations_of(file).back().number == 2);
  with_sqlite_file(file, [](Connection& connection) {
    CHECK(std::get<0>(connection.one<std::int64_t>("SELECT later FROM seeds").value()) == 7);
  });
}

TEST_CASE("every table of every module can be carried") {
  auto all = jobs::migrations();
  for (const auto& own : {core::migrations(), auth::migrations()}) all.insert(all.end(), own.begin(), own.end());
  const TemporaryDirectory folder;
  const FreshDatabase sqlite(Dialect::sqlite, all);
  const FreshDatabase mariadb(Dialect::mysql, all);
  export_database({.url = sqlite.url()}, all, folder.path() / "a.sqlite", {});
  export_database({.url = mariadb.url()}, all, folder.path() / "b.sqlite", {});
  const auto names = [](const std::filesystem::path& file) {
    std::vector<std::string> found;
    for (const auto& table : contents_of(file)) found.push_back(table.name);
    return found;
  };
  CHECK(names(folder.path() / "a.sqlite") == names(folder.path() / "b.sqlite"));
  CHECK(names(folder.path() / "a.sqlite").size() > 15);
}
