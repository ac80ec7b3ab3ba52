#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <functional>
#include <future>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "dontgoback/result.hpp"
#include "storage/maintenance.hpp"
#include "storage/open.hpp"
#include "storage/statistics.hpp"
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

namespace {

/// What people are told of a piece of work, or nothing when it is done.
std::optional<Unavailable::Effect> effect_of(const std::function<void()>& work) {
  try {
    work();
    return std::nullopt;
  } catch (const Unavailable& away) {
    return away.effect();
  }
}

void limit_pages(Database& database, const char* pragma) {
  database.write([pragma](Connection& connection) { connection.execute(pragma); });
}

}  // namespace

TEST_CASE("a full disk is told in words, and the node finds out by itself that it is over") {
  const FreshDatabase database(Dialect::sqlite, things());
  insert_thing(*database, 1, "kept");
  CHECK(trouble(*database).empty());
  limit_pages(*database, "PRAGMA max_page_count = 10");
  const std::string large(100'000, 'x');
  CHECK(effect_of([&] { insert_thing(*database, 2, large); }) == Unavailable::Effect::not_saved);
  // What changes nothing succeeds, and proves nothing.
  database->write([](Connection& connection) { connection.execute("DELETE FROM things WHERE number = 77"); });
  limit_pages(*database, "PRAGMA max_page_count = 100000");
  CHECK(trouble(*database).empty());  // by a write of its own
  CHECK(count_things(*database) == 1);
}

TEST_CASE("while writing fails it is tried seldom, and a write that succeeds tells at once") {
  const FreshDatabase database(Dialect::sqlite, things());
  insert_thing(*database, 1);
  const auto other = open_database({.url = database.url(), .busy_limit = std::chrono::milliseconds(10)});
  CHECK(trouble(*other).empty());
  std::promise<void> entered;
  std::promise<void> released;
  std::thread holder([&] {
    database->write([&](Connection&) {
      entered.set_value();
      released.get_future().wait();
    });
  });
  entered.get_future().wait();
  CHECK(effect_of([&] { insert_thing(*other, 2); }) == Unavailable::Effect::not_saved);
  CHECK_THAT(trouble(*other), Catch::Contains("locked by another program"));
  released.set_value();
  holder.join();
  CHECK_THAT(trouble(*other), Catch::Contains("locked by another program"));  // it has just tried
  insert_thing(*other, 3);
  CHECK(trouble(*other).empty());
}

TEST_CASE("a damaged file is told in words and stays so") {
  const FreshDatabase fresh(Dialect::sqlite, things());
  const auto file = fresh.directory() / "test.db";
  const auto overwrite = [&file](std::streamoff from, std::size_t bytes) {
    std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
    stream.seekp(from);
    const std::string noise(bytes, '\xff');
    stream.write(noise.data(), static_cast<std::streamsize>(noise.size()));
  };
  for (int i = 0; i < 50; ++i) insert_thing(*fresh, i, std::to_string(i) + std::string(500, 'x'));
  SECTION("its header") {
    fresh->write([](Connection& connection) { connection.execute("DELETE FROM things WHERE number = 0"); });
    overwrite(0, 100);
    CHECK_THAT(trouble(*fresh), Catch::Contains("damaged") && Catch::Contains(file.string()));
    CHECK_FALSE(fresh->reachable());
  }
  SECTION("a page that a statement meets") {
    const auto size = fs::file_size(file);
    overwrite(2 * 4096, size > 3 * 4096 ? static_cast<std::size_t>(size) - 2 * 4096 : 0);
    const auto damaged = open_database({.url = "sqlite:" + file.string()});
    const auto read = [&damaged] {
      damaged->read([](Connection& connection) {
        connection.each("SELECT name FROM things", args(), [](std::optional<std::string>) {});
      });
    };
    // As long as the log beside it has the pages, nothing is amiss.
    if (effect_of(read)) CHECK_THAT(trouble(*damaged), Catch::Contains("damaged"));
  }
}

TEST_CASE("a file that took the place of the one that was opened is not taken up") {
  const FreshDatabase database(Dialect::sqlite, things());
  insert_thing(*database, 1);
  const auto file = database.directory() / "test.db";
  {
    const FreshDatabase other(Dialect::sqlite, things());
    insert_thing(*other, 2);
    insert_thing(*other, 3);
    fs::rename(file, database.directory() / "away");
    check({.url = other.url()}, things());
    fs::copy_file(other.directory() / "test.db", file);
  }
  CHECK(effect_of([&] { insert_thing(*database, 4); }) == Unavailable::Effect::not_saved);
  CHECK_THAT(trouble(*database), Catch::Contains("replaced"));
  CHECK(effect_of([&] { count_things(*database); }) == Unavailable::Effect::not_read);
  fs::rename(database.directory() / "away", file);
  insert_thing(*database, 5);
  CHECK(count_things(*database) == 2);
  CHECK(trouble(*database).empty());
}

TEST_CASE("an up-to-date schema is not written to") {
  const FreshDatabase database(Dialect::sqlite, things());
  insert_thing(*database, 1);
  const auto again = open_database({.url = database.url()});
  std::promise<void> entered;
  std::promise<void> released;
  std::thread writer([&] {
    database->write([&](Connection&) {
      entered.set_value();
      released.get_future().wait();
    });
  });
  entered.get_future().wait();
  migrate(*again, things());  // another writes, and it does not wait
  released.set_value();
  writer.join();
  CHECK(statistics(*again).batches == 0);
}

TEST_CASE("too many who wait are told so, and not that something is away") {
  const FreshDatabase fresh(Dialect::sqlite, things());
  const auto database = open_database({.url = fresh.url(), .max_waiting_writes = 1});
  std::promise<void> entered;
  std::promise<void> released;
  std::thread writer([&] {
    database->write([&](Connection&) {
      entered.set_value();
      released.get_future().wait();
    });
  });
  entered.get_future().wait();
  CHECK(effect_of([&] { insert_thing(*database, 1); }) == Unavailable::Effect::too_many);
  CHECK(trouble(*database).empty());
  released.set_value();
  writer.join();
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
  for (int i = 0; i < 120; ++i) {
    const std::string megabyte(1024 * 1024, static_cast<char>('a' + i % 26));
    database->write([&megabyte](Connection& connection) {
      connection.execute("UPDATE things SET bytes = :bytes WHERE number = 0", megabyte);
    });
    largest = std::max(largest, fs::file_size(fresh.directory() / "test.db-wal"));
  }
  done = true;
  one.join();
  other.join();
  CHECK(largest < 48 * 1024 * 1024);
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
