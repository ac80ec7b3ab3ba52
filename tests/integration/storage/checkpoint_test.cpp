#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <csignal>
#include <thread>
#include <vector>

#include "storage/maintenance.hpp"
#include "storage/open.hpp"
#include "support/databases.hpp"
#include "support/syncs.hpp"
#include "things.hpp"

using namespace dontgoback;
using namespace dontgoback::storage;
using namespace dontgoback::test;
namespace fs = std::filesystem;

namespace {

constexpr std::size_t kPage = 4096;
constexpr std::size_t kPagesOfThing = 16;
constexpr std::uintmax_t kBound = std::uintmax_t{40} * 1024 * 1024;  // of the WAL, where no reader is in the way

std::string contents(int number) { return std::string(kPagesOfThing * kPage, static_cast<char>('a' + number % 26)); }

std::int64_t insert_large_thing(Database& database, int number) {
  return database.write([&](Connection& connection) {
    connection.execute("INSERT INTO things (number, bytes) VALUES (:number, :bytes)", number, contents(number));
    return connection.last_insert_id();
  });
}

std::uintmax_t size_of_wal(const FreshDatabase& database) {
  std::error_code none;
  const auto size = fs::file_size(database.directory() / "test.db-wal", none);
  return none ? 0 : size;
}

/// So many writers at once, until so many things are there. The longest that the WAL was.
std::uintmax_t fill(const FreshDatabase& fresh, const std::vector<Database*>& databases, int things) {
  std::atomic<int> next{0};
  std::atomic<std::uintmax_t> largest{0};
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < 4; ++i) {
    threads.emplace_back([&, i] {
      for (int number = next++; number < things; number = next++) {
        insert_large_thing(*databases[i % databases.size()], number);
        const auto size = size_of_wal(fresh);
        auto known = largest.load();
        while (known < size && !largest.compare_exchange_weak(known, size)) {
        }
      }
    });
  }
  for (auto& thread : threads) thread.join();
  return largest;
}

pid_t writers_thread(Database& database) {
  return database.write([](Connection&) { return static_cast<pid_t>(::syscall(SYS_gettid)); });
}

}  // namespace

TEST_CASE("what is written without a pause is moved to the file beside it, mostly by another thread, and soon enough") {
  const FreshDatabase fresh(Dialect::sqlite, things());
  const auto writer = writers_thread(*fresh);
  constexpr int kThings = 3000;  // 190 MB
  const auto file = fresh.directory() / "test.db";
  const WatchedSyncs syncs;
  const auto largest = fill(fresh, {&*fresh}, kThings);
  CHECK(largest < kBound);
  CHECK(count_things(*fresh) == kThings);
  CHECK(fs::file_size(file) > std::uintmax_t{kThings} * kPagesOfThing * kPage - largest);

  struct stat status {};
  REQUIRE(::stat(file.c_str(), &status) == 0);
  int others = 0;
  for (const auto& sync : syncs.all()) others += sync.file == status.st_ino && sync.thread != writer ? 1 : 0;
  CHECK(others >= kThings * static_cast<int>(kPagesOfThing) / 5000);
  // A card pays for each: no more than one for a thousand pages.
  CHECK(syncs.of(file) <= kThings * static_cast<int>(kPagesOfThing + 1) / 1000);
}

TEST_CASE("the WAL begins anew when one writes now and then") {
  const FreshDatabase fresh(Dialect::sqlite, things());
  std::uintmax_t largest = 0;
  for (int i = 0; i < 1000; ++i) {
    insert_large_thing(*fresh, i);
    largest = std::max(largest, size_of_wal(fresh));
    if (i % 50 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  CHECK(largest < kBound);
}

TEST_CASE("two servers of one file move what is in its WAL, and lose nothing") {
  const FreshDatabase fresh(Dialect::sqlite, things());
  const auto other = open_database({.url = fresh.url()});
  constexpr int kThings = 1500;
  CHECK(fill(fresh, {&*fresh, other.get()}, kThings) < 80U * 1024 * 1024);
  CHECK(count_things(*other) == kThings);
  other->read(
      [](Connection& connection) { CHECK(connection.one<std::string>("PRAGMA integrity_check") == std::tuple("ok")); });
}

TEST_CASE("a database that is closed while its WAL is moved is one whole file") {
  const TemporaryDirectory directory;
  const auto file = directory.path() / "test.db";
  const std::string url = "sqlite:" + file.string();
  constexpr int kThings = 190;  // 3040 pages, and those above them
  for (int round = 0; round < 5; ++round) {
    const auto database = open_database({.url = url});
    migrate(*database, things());
    for (int i = 0; i < kThings; ++i) insert_large_thing(*database, i);
  }
  CHECK_FALSE(fs::exists(file.string() + "-wal"));
  CHECK(check({.url = url}, things()).empty());
  CHECK(count_things(*open_database({.url = url})) == 5 * kThings);
}

TEST_CASE("a copy made while the WAL is moved is whole") {
  const FreshDatabase fresh(Dialect::sqlite, things());
  std::atomic<bool> done{false};
  std::thread writer([&] {
    for (int i = 0; !done; ++i) insert_large_thing(*fresh, i);
  });
  const TemporaryDirectory elsewhere;
  for (int i = 0; i < 3; ++i) {
    const auto copy = elsewhere.path() / ("copy" + std::to_string(i) + ".db");
    backup({.url = fresh.url()}, copy);
    CHECK(check({.url = "sqlite:" + copy.string()}, things()).empty());
  }
  done = true;
  writer.join();
}

namespace {

[[noreturn]] void write_until_killed(const std::string& url, int tell) {
  const auto database = open_database({.url = url});
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&database, tell] {
      for (;;) {
        const auto id = insert_large_thing(*database, 1);
        if (::write(tell, &id, sizeof id) != sizeof id) ::_exit(1);
      }
    });
  }
  for (auto& thread : threads) thread.join();
  ::_exit(1);
}

}  // namespace

TEST_CASE("what was acknowledged survives a kill while the WAL is moved") {
  const TemporaryDirectory directory;
  const auto file = directory.path() / "test.db";
  const std::string url = "sqlite:" + file.string();
  migrate(*open_database({.url = url}), things());
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  const pid_t child = ::fork();
  if (child == 0) {
    ::close(ends[0]);
    write_until_killed(url, ends[1]);
  }
  ::close(ends[1]);
  constexpr std::size_t kWanted = 700;  // 11 000 pages: the WAL has been moved some times
  std::vector<std::int64_t> acknowledged;
  std::int64_t id = 0;
  while (::read(ends[0], &id, sizeof id) == sizeof id) {
    acknowledged.push_back(id);
    if (acknowledged.size() == kWanted) ::kill(child, SIGKILL);
  }
  ::close(ends[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  CHECK(WIFSIGNALED(status));
  REQUIRE(acknowledged.size() >= kWanted);

  const auto database = open_database({.url = url});
  database->read([&acknowledged](Connection& connection) {
    for (const auto wanted : acknowledged) {
      REQUIRE(connection.one<std::int64_t>("SELECT id FROM things WHERE id = :id", wanted));
    }
  });
  CHECK(check({.url = url}, things()).empty());
}
