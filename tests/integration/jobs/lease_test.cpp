#include "jobs/lease.hpp"

#include <catch2/catch.hpp>
#include <filesystem>

#include "jobs/migrations.hpp"
#include "support/databases.hpp"
#include "support/set_clock.hpp"

namespace dontgoback::jobs {
namespace {

using namespace std::chrono_literals;
using test::SetClock;

constexpr auto kName = "job/tidy";

/// A lease that somebody has taken at the clock's time.
struct Held {
  explicit Held(storage::Database& used) : database(used) { REQUIRE(take("one")); }

  bool take(const std::string& owner) {
    return database.write([&](storage::Connection& c) { return take_lease(c, kName, owner, clock.now()); });
  }
  bool extend(const std::string& owner) {
    return database.write([&](storage::Connection& c) { return extend_lease(c, kName, owner, clock.now()); });
  }
  bool end(const std::string& owner) {
    return database.write([&](storage::Connection& c) { return end_lease(c, kName, owner); });
  }
  time::Timestamp ends() {
    return database.read([](storage::Connection& c) {
      return std::get<0>(c.one<time::Timestamp>("SELECT expires_at FROM leases").value());
    });
  }
  std::string owner() {
    return database.read(
        [](storage::Connection& c) { return std::get<0>(c.one<std::string>("SELECT owner FROM leases").value()); });
  }

  storage::Database& database;
  SetClock clock;
  const time::Timestamp start = clock.now();
};

void on_each(const std::function<void(Held&)>& body) {
  test::for_each_database(migrations(), [&](storage::Database& database) {
    Held held(database);
    body(held);
  });
}

TEST_CASE("a lease is one owner's until its minute is over") {
  on_each([](Held& lease) {
    CHECK(lease.ends() == lease.start + 60s);
    CHECK_FALSE(lease.take("two"));
    CHECK(lease.take("one"));  // it has it
    lease.clock.set(lease.start + 60s - 1ms);
    CHECK_FALSE(lease.take("two"));
    CHECK(lease.owner() == "one");
    lease.clock.set(lease.start + 60s);
    CHECK(lease.take("two"));
    CHECK(lease.owner() == "two");
    CHECK(lease.ends() == lease.start + 120s);
    CHECK_FALSE(lease.extend("one"));
    CHECK_FALSE(lease.end("one"));
    CHECK_FALSE(lease.take("one"));
    CHECK(lease.owner() == "two");
    CHECK(lease.ends() == lease.start + 120s);
  });
}

TEST_CASE("a lease can be extended also when its minute is over, until somebody else has it") {
  on_each([](Held& lease) {
    lease.clock.advance(59s);
    CHECK(lease.extend("one"));
    CHECK(lease.ends() == lease.start + 119s);
    CHECK(lease.extend("one"));  // which changes nothing
    lease.clock.advance(2min);
    CHECK(lease.extend("one"));
    CHECK_FALSE(lease.take("two"));
  });
}

TEST_CASE("a lease that was given back is free at once") {
  on_each([](Held& lease) {
    CHECK(lease.end("one"));
    CHECK_FALSE(lease.end("one"));
    CHECK_FALSE(lease.extend("one"));
    CHECK(lease.take("two"));
  });
}

TEST_CASE("a lease that ends later than any does was taken by a clock that was wrong") {
  on_each([](Held& lease) {
    const auto ends = lease.ends();
    lease.clock.set(ends - 10min);  // ends in ten minutes: nodes' clocks may differ
    CHECK_FALSE(lease.take("two"));
    lease.clock.set(ends - 10min - 1ms);
    CHECK(lease.take("two"));
    CHECK(lease.ends() == lease.clock.now() + 60s);
  });
}

TEST_CASE("leases of other names are others") {
  on_each([](Held& lease) {
    CHECK(lease.database.write(
        [&](storage::Connection& c) { return take_lease(c, "outbox/mail", "two", lease.clock.now()); }));
    CHECK(lease.database.write([&](storage::Connection& c) { return end_lease(c, "outbox/mail", "two"); }));
    CHECK_FALSE(lease.take("three"));
  });
}

TEST_CASE("owners differ, and their names fit the column") {
  const std::string name(200, 'n');
  CHECK(new_lease_owner("node") != new_lease_owner("node"));
  CHECK(new_lease_owner(name).substr(0, 65) == name.substr(0, 64) + "/");
  CHECK(new_lease_owner(name).size() == 64 + 1 + 16);
}

TEST_CASE("a keeper writes every ten seconds, and not more often") {
  on_each([](Held& lease) {
    LeaseKeeper keeper(lease.database, lease.clock, kName, "one", lease.start);
    lease.clock.set(lease.start + 10s - 1ms);
    CHECK(keeper.keep());
    CHECK(lease.ends() == lease.start + 60s);
    lease.clock.set(lease.start + 10s);
    CHECK(keeper.keep());
    CHECK(lease.ends() == lease.start + 70s);
    lease.clock.set(lease.start + 20s - 1ms);
    CHECK(keeper.keep());
    CHECK(lease.ends() == lease.start + 70s);
    lease.clock.set(lease.start + 20s);
    CHECK(keeper.keep());
    CHECK(lease.ends() == lease.start + 80s);
  });
}

TEST_CASE("a keeper whose clock was set back writes at once") {
  on_each([](Held& lease) {
    LeaseKeeper keeper(lease.database, lease.clock, kName, "one", lease.start);
    lease.clock.set(lease.start - 1ms);
    CHECK(keeper.keep());
    CHECK(lease.ends() == lease.clock.now() + 60s);
  });
}

TEST_CASE("a keeper that somebody took the lease from says so, and goes on saying so") {
  on_each([](Held& lease) {
    LeaseKeeper keeper(lease.database, lease.clock, kName, "one", lease.start);
    lease.clock.set(lease.start + 60s);
    REQUIRE(lease.take("two"));
    CHECK_FALSE(keeper.keep());
    CHECK_FALSE(keeper.keep());
    CHECK(lease.owner() == "two");
    CHECK(lease.ends() == lease.start + 120s);
  });
}

/// A keeper of a lease in a file that can be away.
struct Away {
  void take_away() { std::filesystem::rename(file, file.string() + ".away"); }
  void bring_back() { std::filesystem::rename(file.string() + ".away", file); }

  test::FreshDatabase fresh{storage::Dialect::sqlite, migrations()};
  const std::filesystem::path file = fresh.directory() / "test.db";
  Held lease{*fresh};
  LeaseKeeper keeper{*fresh, lease.clock, kName, "one", lease.start};
};

TEST_CASE("while the database is away a lease is kept as long as nobody else can have it, and no longer") {
  Away it;
  it.lease.clock.set(it.lease.start + 10s);
  REQUIRE(it.keeper.keep());  // until start + 70 s
  it.take_away();
  for (const auto passed : {20s, 40s, 69s}) {
    it.lease.clock.set(it.lease.start + passed);
    CHECK(it.keeper.keep());
  }
  it.lease.clock.set(it.lease.start + 70s - 1ms);
  CHECK(it.keeper.keep());
  it.lease.clock.set(it.lease.start + 70s);
  CHECK_FALSE(it.keeper.keep());

  SECTION("it comes back, and nobody has taken it") {
    it.bring_back();
    CHECK(it.keeper.keep());
    CHECK(it.lease.ends() == it.lease.clock.now() + 60s);
  }
  SECTION("it comes back, and somebody else has taken it") {
    it.bring_back();
    REQUIRE(it.lease.take("two"));
    CHECK_FALSE(it.keeper.keep());
    CHECK(it.lease.owner() == "two");
  }
}

TEST_CASE("an extension that the database did not take does not count") {
  Away it;
  it.take_away();
  it.lease.clock.set(it.lease.start + 55s);
  CHECK(it.keeper.keep());
  it.lease.clock.set(it.lease.start + 60s);
  CHECK_FALSE(it.keeper.keep());
}

TEST_CASE("while the database is away a clock that was set back keeps no lease") {
  Away it;
  it.take_away();
  it.lease.clock.set(it.lease.start - 1ms);
  CHECK_FALSE(it.keeper.keep());
}

}  // namespace
}  // namespace dontgoback::jobs
