#include <catch2/catch.hpp>
#include <future>
#include <optional>
#include <thread>

#include "dontgoback/result.hpp"
#include "storage/open.hpp"
#include "support/databases.hpp"
#include "things.hpp"

using namespace dontgoback;
using namespace dontgoback::storage;
using namespace dontgoback::test;
using Effect = Unavailable::Effect;

namespace {

/// Holds a connection for reading, in a thread of its own.
class HeldReader {
 public:
  explicit HeldReader(Database& database)
      : thread_([this, &database] {
          database.read([this](Connection&) {
            entered_.set_value();
            released_.get_future().wait();
          });
        }) {
    entered_.get_future().wait();
  }
  ~HeldReader() { release(); }
  HeldReader(const HeldReader&) = delete;
  HeldReader& operator=(const HeldReader&) = delete;
  void release() {
    if (!thread_.joinable()) return;
    released_.set_value();
    thread_.join();
  }

 private:
  std::promise<void> entered_;
  std::promise<void> released_;
  std::thread thread_;
};

std::optional<Effect> effect_of_reading(Database& database) {
  try {
    count_things(database);
    return std::nullopt;
  } catch (const Unavailable& away) {
    return away.effect();
  }
}

template <class T>
T variable(Database& database, std::string_view name, bool write) {
  const auto ask = [&](Connection& connection) {
    return std::get<0>(connection.one<T>("SELECT @@SESSION." + std::string(name)).value());
  };
  return write ? database.write(ask) : database.read(ask);
}

}  // namespace

TEST_CASE("there are as many connections for reading as were asked for, and who waits in vain is told why") {
  const FreshDatabase fresh(ON_EACH_DATABASE(), things());
  const auto database = open_database({.url = fresh.url(), .readers = 2});
  const HeldReader one(*database);
  HeldReader two(*database);
  SECTION("none of them moves: what is stored cannot be read") {
    CHECK(effect_of_reading(*database) == Effect::not_read);
  }
  SECTION("one is given back: whoever waits has it") {
    auto waiting = std::async(std::launch::async, [&] { return effect_of_reading(*database); });
    two.release();
    CHECK(waiting.get() == std::nullopt);
  }
  two.release();
  CHECK(effect_of_reading(*database) == std::nullopt);
}

TEST_CASE("a closure that throws gives its connection back") {
  const FreshDatabase fresh(ON_EACH_DATABASE(), things());
  const auto database = open_database({.url = fresh.url(), .readers = 1});
  for (int i = 0; i < 5; ++i) {
    CHECK_THROWS_WITH(database->read([](Connection&) { throw std::domain_error("no"); }), "no");
    CHECK_THROWS_WITH(database->write([](Connection&) { throw std::domain_error("no"); }), "no");
  }
  CHECK(effect_of_reading(*database) == std::nullopt);
  insert_thing(*database, 1);
}

TEST_CASE("a file that cannot be made: which, and why") {
  const TemporaryDirectory directory;
  const auto database = open_database({.data_dir = directory.path() / "later"});
  CHECK_THROWS_WITH(insert_thing(*database, 1),
                    Catch::Contains("cannot make the database file " + (directory.path() / "later").string()) &&
                        Catch::Contains("No such file or directory"));
}

TEST_CASE("how sessions of MariaDB are set") {
  const FreshDatabase fresh(Dialect::mysql, things());
  const auto database = open_database(
      {.url = fresh.url(), .statement_limit = std::chrono::milliseconds(1500), .busy_limit = std::chrono::seconds(6)});
  for (const bool write : {true, false}) {
    CHECK(variable<std::string>(*database, "tx_isolation", write) == "READ-COMMITTED");
    CHECK(variable<std::string>(*database, "time_zone", write) == "+00:00");
    CHECK_THAT(variable<std::string>(*database, "sql_mode", write), Catch::Contains("STRICT_TRANS_TABLES"));
    CHECK(variable<std::int64_t>(*database, "innodb_lock_wait_timeout", write) == 2);  // a third: there are retries
    CHECK(variable<std::string>(*database, "character_set_client", write) == "utf8mb4");
    CHECK(variable<std::int64_t>(*database, "tx_read_only", write) == (write ? 0 : 1));
    CHECK(variable<std::string>(*database, "max_statement_time", write).starts_with("1.5"));
  }
  // The server ends a statement before this side gives it up.
  const auto patient = open_database({.url = fresh.url(), .statement_limit = std::chrono::seconds(60)});
  CHECK(variable<std::string>(*patient, "max_statement_time", true).starts_with("3.5"));
}

TEST_CASE("a lock is waited for at least a second, however short the limit") {
  const FreshDatabase fresh(Dialect::mysql, things());
  const auto database = open_database({.url = fresh.url(), .busy_limit = std::chrono::milliseconds(100)});
  CHECK(variable<std::int64_t>(*database, "innodb_lock_wait_timeout", true) == 1);
}
