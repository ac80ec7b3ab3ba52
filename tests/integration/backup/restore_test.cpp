#include "backup/restore.hpp"

#include <catch2/catch.hpp>
#include <cstring>
#include <fstream>
#include <memory>

#include "backup/archive.hpp"
#include "backup/create.hpp"
#include "backup/examine.hpp"
#include "backup/files.hpp"
#include "backup/placement.hpp"
#include "jobs/migrations.hpp"
#include "storage/transfer.hpp"
#include "support/databases.hpp"
#include "support/syncs.hpp"

using namespace dontgoback;
using namespace dontgoback::backup;
using test::TemporaryDirectory;
using test::WatchedSyncs;
namespace fs = std::filesystem;

namespace {

const Report kSilent = [](std::string_view, std::int64_t, std::int64_t, std::string_view) {};

storage::Migrations schema() {
  auto all = jobs::migrations();
  for (const auto dialect : {storage::Dialect::sqlite, storage::Dialect::mysql}) {
    all.push_back({"things", 1, "things", dialect,
                   "CREATE TABLE things (id INTEGER PRIMARY KEY, owner INTEGER NOT NULL, name TEXT NOT NULL);\n"
                   "CREATE INDEX things_by_owner ON things (owner);"});
  }
  return all;
}

/// A node with a key and a database of a few rows, and where its backup goes.
struct Node {
  Node() {
    fs::create_directories(data);
    fs::create_directories(scratch);
    std::ofstream(data / "a.key") << "the key";
    database->write([](storage::Connection& connection) {
      for (int i = 1; i <= 500; ++i) {
        connection.execute("INSERT INTO things (id, owner, name) VALUES (:id, :owner, 'x')", i, i % 10);
      }
    });
    subject.role = "core";
    subject.data_dir = data;
    subject.has_database = true;
    subject.database = {.url = database.url()};
    subject.files = {{"a-key", data / "a.key", true}};
    fs::create_directories(folder.path() / "target");
    target.role = "core";
    target.data_dir = fs::canonical(folder.path() / "target");
    target.has_database = true;
    target.database = {.url = "sqlite:" + (target.data_dir / "things.db").string()};
  }
  std::string made(const Report& report = kSilent) {
    std::string bytes;
    create(
        subject, knowledge, scratch, [&bytes](std::string_view more) { bytes += more; }, report);
    return bytes;
  }
  static ArchiveReader reader(std::string bytes) {
    auto rest = std::make_shared<std::string>(std::move(bytes));
    return ArchiveReader([rest](char* buffer, std::size_t size) {
      const auto n = std::min(size, rest->size());
      std::memcpy(buffer, rest->data(), n);
      rest->erase(0, n);
      return n;
    });
  }
  /// What a look through the backup finds after its database was changed by that statement.
  std::vector<std::string> damage_after(std::string_view sql, const std::function<void(Manifest&)>& change = {}) {
    const TemporaryDirectory unpacked;
    auto archive = reader(made());
    archive.unpack(unpacked.path(), kSilent);
    storage::with_sqlite_file(unpacked.path() / kDatabasePart,
                              [&](storage::Connection& connection) { connection.execute(sql); });
    auto manifest = archive.manifest();
    if (change) change(manifest);
    for (const auto& entry : fs::directory_iterator(scratch)) fs::remove_all(entry.path());
    return examine(unpacked.path(), manifest, knowledge, kSilent).damage;
  }

  TemporaryDirectory folder;
  fs::path data = folder.path() / "data";
  fs::path scratch = folder.path() / "scratch";
  test::FreshDatabase database{storage::Dialect::sqlite, schema()};
  Knowledge knowledge{schema(), {}};
  Subject subject;
  Target target;
};

std::int64_t number(const fs::path& file, std::string_view sql) {
  std::int64_t found = 0;
  storage::with_sqlite_file(
      file, [&](storage::Connection& connection) { found = std::get<0>(connection.one<std::int64_t>(sql).value()); });
  return found;
}

}  // namespace

TEST_CASE("a restored SQLite database knows how many rows it has, and is durable with its name") {
  Node node;
  auto archive = Node::reader(node.made());
  const auto file = node.target.data_dir / "things.db";
  const WatchedSyncs syncs;
  restore(archive, node.target, node.knowledge, kSilent);
  CHECK(syncs.durable(file));
  CHECK(syncs.durable(node.target.data_dir / "a.key"));
  CHECK(number(file, "SELECT count(*) FROM things") == 500);
  // Of each index: rows, and rows of one owner.
  CHECK(number(file, "SELECT count(*) FROM sqlite_stat1 WHERE idx = 'things_by_owner' AND stat = '500 50'") == 1);
}

TEST_CASE("the keys are taken before the database that they open; what is not there yet is no loss") {
  Node node;
  node.subject.files.push_back({"to-come", node.data / "to-come.key", true});
  node.subject.files.push_back({"secret", node.data / "secret", false});
  bool first = false;
  Made made;
  made = create(
      node.subject, node.knowledge, node.scratch, [](std::string_view) {},
      [&](std::string_view phase, std::int64_t, std::int64_t, std::string_view) {
        if (phase == "copying the database") first = fs::exists(node.scratch / "data" / "a.key");
      });
  CHECK(first);
  REQUIRE(made.left_out.size() == 1);
  CHECK_THAT(made.left_out.front(), Catch::Contains("(secret)"));
}

TEST_CASE("a backup's database that is not what was copied is seen, whatever became of it") {
  Node node;
  using Strings = std::vector<std::string>;
  CHECK(node.damage_after("SELECT 1").empty());
  CHECK(node.damage_after("UPDATE things SET name = 'y' WHERE id = 7") ==
        Strings{"the table things has other rows than it had"});
  CHECK(node.damage_after("DELETE FROM things WHERE id = 7") == Strings{"the table things has 499 rows, and had 500"});
  CHECK(node.damage_after("DROP TABLE things") == Strings{"the table things is missing"});
  CHECK(node.damage_after("CREATE TABLE more (id INTEGER PRIMARY KEY)") ==
        Strings{"the table more is not in the manifest"});
  const Strings other_migrations{"the database's migrations are not those that the manifest lists"};
  CHECK(node.damage_after("SELECT 1", [](Manifest& m) { m.migrations.back().checksum += "0"; }) == other_migrations);
  CHECK(node.damage_after("SELECT 1", [](Manifest& m) { m.migrations.pop_back(); }) == other_migrations);
}

TEST_CASE("a place that has anything of a database is not empty") {
  Node node;
  const auto archive = Node::reader(node.made());
  const bool outside = GENERATE(false, true);
  if (outside) node.target.database.url = "sqlite:" + (node.folder.path() / "elsewhere.db").string();
  require_empty(node.target, archive.manifest(), node.knowledge);
  for (const auto* suffix : {"", "-wal", "-shm", "-journal"}) {
    const fs::path file = node.target.database.url.substr(7) + suffix;
    std::ofstream{file};
    CHECK_THROWS_WITH(require_empty(node.target, archive.manifest(), node.knowledge), Catch::Contains(file.string()));
    fs::remove(file);
  }
}

TEST_CASE("a database elsewhere needs its space there, and the rest in the data directory") {
  Node node;
  auto manifest = Node::reader(node.made()).manifest();
  manifest.parts.front().size = std::int64_t{1} << 60;
  CHECK_THROWS_WITH(require_empty(node.target, manifest, node.knowledge),
                    Catch::Contains("not enough space in " + node.target.data_dir.string()));
  const auto elsewhere = fs::canonical(node.folder.path()) / "elsewhere";
  fs::create_directory(elsewhere);
  node.target.database.url = "sqlite:" + (elsewhere / "things.db").string();
  CHECK_THROWS_WITH(require_empty(node.target, manifest, node.knowledge),
                    Catch::Contains("not enough space in " + elsewhere.string()));
}

TEST_CASE("a restore that fails when all is staged is completed once what was in its way is gone") {
  Node node;
  if (GENERATE(false, true)) node.target.database.url = "sqlite:" + (node.folder.path() / "elsewhere.db").string();
  auto archive = Node::reader(node.made());
  const auto in_its_way = node.target.data_dir / "a.key";
  const Report somebody = [&](std::string_view, std::int64_t, std::int64_t, std::string_view) {
    std::ofstream(in_its_way) << "another";
  };
  CHECK_THROWS_AS(restore(archive, node.target, node.knowledge, somebody), CannotComplete);
  REQUIRE(awaits_recovery(node.target.data_dir));
  fs::remove(in_its_way);
  std::vector<std::string> said;
  CHECK(recover(node.target.data_dir, &node.target.database, said) == Recovered::completed);
  CHECK(sha256_of(in_its_way) == sha256_of(node.data / "a.key"));
  CHECK(number(node.target.database.url.substr(7), "SELECT count(*) FROM things") == 500);
  CHECK_FALSE(awaits_recovery(node.target.data_dir));
}
