#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <filesystem>
#include <future>
#include <thread>
#include <vector>

#include "dontgoback/result.hpp"
#include "storage/maintenance.hpp"
#include "storage/open.hpp"
#include "support/databases.hpp"
#include "things.hpp"

using namespace dontgoback;
using namespace dontgoback::storage;
using namespace dontgoback::test;
namespace fs = std::filesystem;

TEST_CASE("a locked database is unavailable and recovers by itself") {
  const FreshDatabase fresh(Dialect::sqlite, things());
  const auto database = open_database({.url = fresh.url(), .busy_limit = std::chrono::milliseconds(50)});
  std::promise<void> entered;
  std::promise<void> released;
  std::thread other([&] {
    fresh->write([&](Connection&) {
      entered.set_value();
      released.get_future().wait();
    });
  });
  entered.get_future().wait();
  CHECK_THROWS_AS(insert_thing(*database, 1), Unavailable);
  CHECK(count_things(*database) == 0);  // readers do not care
  released.set_value();
  other.join();
  insert_thing(*database, 2);
  CHECK(count_things(*database) == 1);
}

TEST_CASE("a full disk is unavailable, harms nothing, and recovers by itself") {
  const FreshDatabase database(Dialect::sqlite, things());
  insert_thing(*database, 1, "kept");
  // The writer's connection takes the limit for a full disk: the real engine answers SQLITE_FULL.
  database->write([](Connection& connection) { connection.execute("PRAGMA max_page_count = 10"); });
  const std::string large(100'000, 'x');
  const auto write_large = [&] {
    database->write([&](Connection& connection) {
      connection.execute("INSERT INTO things (number) VALUES (2)");
      connection.execute("INSERT INTO things (bytes) VALUES (:bytes)", large);
    });
  };
  CHECK_THROWS_AS(write_large(), Unavailable);
  CHECK(count_things(*database) == 1);
  CHECK(check({.url = database.url()}, things()).empty());
  database->write([](Connection& connection) { connection.execute("PRAGMA max_page_count = 100000"); });
  write_large();
  CHECK(count_things(*database) == 3);
}

TEST_CASE("a deleted database is unavailable, not made anew, and found when it is back") {
  const FreshDatabase database(Dialect::sqlite, things());
  insert_thing(*database, 1);
  CHECK(database->reachable());
  const auto file = database.directory() / "test.db";
  fs::rename(file, database.directory() / "away");
  CHECK_THROWS_AS(insert_thing(*database, 2), Unavailable);
  CHECK_FALSE(database->reachable());
  CHECK_FALSE(fs::exists(file));
  fs::rename(database.directory() / "away", file);
  insert_thing(*database, 3);
  CHECK(count_things(*database) == 2);
  CHECK(database->reachable());
}

TEST_CASE("a directory that is not there is unavailable") {
  const TemporaryDirectory directory;
  const auto database = open_database({.data_dir = directory.path() / "later"});
  CHECK_FALSE(database->reachable());
  CHECK_THROWS_AS(insert_thing(*database, 1), Unavailable);
  fs::create_directory(directory.path() / "later");
  migrate(*database, things());
  insert_thing(*database, 1);
  CHECK((fs::status(directory.path() / "later" / "dontgoback.db").permissions() & fs::perms::all) ==
        (fs::perms::owner_read | fs::perms::owner_write));
}

TEST_CASE("names of files that a connection string could misread") {
  const TemporaryDirectory directory;
  const auto file = directory.path() / "a  b=c timeout=9 'd'.db";
  const auto database = open_database({.url = "sqlite:" + file.string()});
  migrate(*database, things());
  CHECK(fs::exists(file));
}

TEST_CASE("readers without a gap do not let the WAL grow for ever") {
  const FreshDatabase fresh(Dialect::sqlite, things());
  const auto database = open_database({.url = fresh.url(), .readers = 2});
  insert_thing(*database, 0);
  std::atomic<bool> done{false};
  // Hand over hand: each leaves its statement when the other has begun one, so that there is always one.
  std::atomic<int> latest{-1};
  const auto read = [&](int self) {
    while (!done) {
      database->read([&](Connection& connection) {
        connection.each("SELECT id FROM things", args(), [&](std::int64_t) {
          latest = self;
          while (!done && latest == self) std::this_thread::yield();
        });
      });
    }
  };
  std::thread one(read, 0);
  std::thread other(read, 1);
  while (latest == -1) std::this_thread::yield();

  std::uintmax_t largest = 0;
  for (int i = 0; i < 60; ++i) {
    const std::string megabyte(1024 * 1024, static_cast<char>('a' + i % 26));
    database->write([&megabyte](Connection& connection) {
      connection.execute("UPDATE things SET bytes = :bytes WHERE number = 0", megabyte);
    });
    largest = std::max(largest, fs::file_size(fresh.directory() / "test.db-wal"));
  }
  done = true;
  one.join();
  other.join();
  CHECK(largest < 24 * 1024 * 1024);
}

namespace {

/// Writes from many threads until it is killed, telling of each write when it has returned.
[[noreturn]] void write_until_killed(const std::string& url, int tell) {
  const auto database = open_database({.url = url});
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&database, tell] {
      for (;;) {
        const auto id = insert_thing(*database, 1);
        if (::write(tell, &id, sizeof id) != sizeof id) ::_exit(1);
      }
    });
  }
  for (auto& thread : threads) thread.join();
  ::_exit(1);
}

}  // namespace

TEST_CASE("every acknowledged write survives a kill") {
  const TemporaryDirectory directory;
  const std::string url = "sqlite:" + (directory.path() / "test.db").string();
  migrate(*open_database({.url = url}), things());
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  const pid_t child = ::fork();
  if (child == 0) {
    ::close(ends[0]);
    write_until_killed(url, ends[1]);
  }
  ::close(ends[1]);
  std::vector<std::int64_t> acknowledged;
  std::int64_t id = 0;
  while (::read(ends[0], &id, sizeof id) == sizeof id) {
    acknowledged.push_back(id);
    if (acknowledged.size() == 200) ::kill(child, SIGKILL);
  }
  ::close(ends[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  CHECK(WIFSIGNALED(status));
  REQUIRE(acknowledged.size() >= 200);

  const auto database = open_database({.url = url});
  database->read([&acknowledged](Connection& connection) {
    for (const auto wanted : acknowledged) {
      REQUIRE(connection.one<std::int64_t>("SELECT id FROM things WHERE id = :id", wanted));
    }
  });
  CHECK(check({.url = url}, things()).empty());
}
