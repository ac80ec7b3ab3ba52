#include <atomic>
#include <catch2/catch.hpp>
#include <future>
#include <thread>
#include <vector>

#include "dontgoback/result.hpp"
#include "storage/open.hpp"
#include "storage/statistics.hpp"
#include "support/databases.hpp"
#include "things.hpp"

using namespace dontgoback;
using namespace dontgoback::storage;
using namespace dontgoback::test;

namespace {

/// Holds the writer inside a write, so that those begun meanwhile wait and then share a batch.
class HeldWriter {
 public:
  explicit HeldWriter(Database& database)
      : thread_([this, &database] {
          database.write([this](Connection&) {
            entered_.set_value();
            released_.get_future().wait();
          });
        }) {
    entered_.get_future().wait();
  }
  ~HeldWriter() {
    released_.set_value();
    thread_.join();
  }
  HeldWriter(const HeldWriter&) = delete;
  HeldWriter& operator=(const HeldWriter&) = delete;

 private:
  std::promise<void> entered_;
  std::promise<void> released_;
  std::thread thread_;
};

/// How each of the works ended, run from threads of their own as one batch, in this order.
std::vector<std::string> run_as_one_batch(Database& database,
                                          const std::vector<std::function<void(Connection&)>>& works) {
  std::vector<std::string> results(works.size());
  std::vector<std::thread> threads;
  {
    const HeldWriter held(database);
    for (std::size_t i = 0; i < works.size(); ++i) {
      threads.emplace_back([&database, &work = works[i], &result = results[i]] {
        try {
          database.write(work);
          result = "done";
        } catch (const Unavailable&) {
          result = "unavailable";
        } catch (const DuplicateKey&) {
          result = "duplicate";
        } catch (const std::exception& error) {
          result = error.what();
        }
      });
      // Queued before the next one comes: whose work it is to be run again depends on the order.
      while (statistics(database).waiting_writes != i + 2) std::this_thread::yield();
    }
  }
  for (auto& thread : threads) thread.join();
  return results;
}

void insert(Connection& connection, int number) {
  connection.execute("INSERT INTO things (number, name) VALUES (:number, :name)", number, std::to_string(number));
}

using Results = std::vector<std::string>;

}  // namespace

TEST_CASE("writes that wait together share one commit") {
  const FreshDatabase database(Dialect::sqlite, things());
  const auto before = statistics(*database);
  std::vector<std::function<void(Connection&)>> works;
  for (int i = 0; i < 50; ++i) works.emplace_back([i](Connection& connection) { insert(connection, i); });
  CHECK(run_as_one_batch(*database, works) == Results(50, "done"));
  const auto after = statistics(*database);
  CHECK(after.batches - before.batches == 2);  // the held one, then all of the others
  CHECK(after.committed_writes - before.committed_writes == 51);
  CHECK(after.waiting_writes == 0);
  CHECK(count_things(*database) == 50);
}

TEST_CASE("a write that fails takes no other of its batch along") {
  const FreshDatabase database(Dialect::sqlite, things());
  insert_thing(*database, 2, "2");
  CHECK(run_as_one_batch(*database, {[](Connection& connection) { insert(connection, 1); },
                                     [](Connection& connection) {
                                       insert(connection, 10);
                                       throw std::domain_error("no");
                                     },
                                     [](Connection& connection) {
                                       insert(connection, 20);
                                       insert(connection, 2);
                                     },
                                     [](Connection& connection) { insert(connection, 3); }}) ==
        Results{"done", "no", "duplicate", "done"});
  CHECK(count_things(*database) == 3);
}

TEST_CASE("when SQLite rolls a whole batch back, the others' writes are run again") {
  const FreshDatabase fresh(Dialect::sqlite, things());
  const auto database = open_database({.url = fresh.url(), .statement_limit = std::chrono::milliseconds(200)});
  std::atomic<int> runs{0};
  const auto good = [&runs](int number) {
    return [&runs, number](Connection& connection) {
      ++runs;
      insert(connection, number);
    };
  };
  // A statement that is stopped while it writes ends the transaction it is in.
  const auto endless = [](Connection& connection) {
    connection.execute(
        "INSERT INTO things (number) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT 1 FROM n) "
        "SELECT i FROM n");
  };
  CHECK(run_as_one_batch(*database, {good(1), endless, good(2)}) == Results{"done", "unavailable", "done"});
  CHECK(count_things(*database) == 2);
  CHECK(runs > 2);
}

TEST_CASE("work that swallows the loss of its transaction is not committed") {
  const FreshDatabase fresh(Dialect::sqlite, things());
  const auto database = open_database({.url = fresh.url(), .statement_limit = std::chrono::milliseconds(200)});
  const auto stubborn = [](Connection& connection) {
    insert(connection, 1);
    try {
      connection.execute(
          "INSERT INTO things (number) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT 1 FROM n) "
          "SELECT i FROM n");
    } catch (const Unavailable&) {
    }
    try {
      insert(connection, 2);  // would commit by itself
    } catch (const Unavailable&) {
    }
  };
  CHECK_THROWS_AS(database->write(stubborn), Unavailable);
  CHECK(count_things(*database) == 0);
}

TEST_CASE("a rule checked at the commit fails only who broke it") {
  const FreshDatabase database(Dialect::sqlite, {{"tree", 1, "tree", Dialect::sqlite,
                                                  "CREATE TABLE tree (id INTEGER PRIMARY KEY, parent INTEGER "
                                                  "REFERENCES tree (id) DEFERRABLE INITIALLY DEFERRED);"}});
  const auto plant = [](int id, int parent) {
    return [id, parent](Connection& connection) {
      connection.execute("INSERT INTO tree (id, parent) VALUES (:id, :parent)", id, parent);
    };
  };
  const auto results = run_as_one_batch(*database, {plant(1, 1), plant(2, 99), plant(3, 1)});
  CHECK(results[0] == "done");
  CHECK_THAT(results[1], Catch::Contains("FOREIGN KEY"));
  CHECK(results[2] == "done");
}

TEST_CASE("more writes than may wait are refused at once") {
  const FreshDatabase fresh(Dialect::sqlite, things());
  const auto database = open_database({.url = fresh.url(), .max_waiting_writes = 2});
  std::thread waiting;
  {
    const HeldWriter held(*database);
    waiting = std::thread([&] { insert_thing(*database, 1); });
    while (statistics(*database).waiting_writes != 2) std::this_thread::yield();
    CHECK_THROWS_AS(insert_thing(*database, 2), Unavailable);
  }
  waiting.join();
  insert_thing(*database, 3);
  CHECK(count_things(*database) == 2);
}

TEST_CASE("many threads read and write at once and lose nothing") {
  for_each_database(things(), [](Database& database) {
    const auto first = insert_thing(database, 0);
    constexpr int kThreads = 8;
    constexpr int kRounds = 25;
    std::atomic<int> backwards{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < kThreads; ++i) {
      threads.emplace_back([&database, &backwards, first] {
        std::int64_t last = 0;
        for (int round = 0; round < kRounds; ++round) {
          database.write([first](Connection& connection) {
            connection.execute("UPDATE things SET number = number + 1 WHERE id = :id", first);
          });
          const auto seen = database.read([first](Connection& connection) {
            return std::get<0>(connection.one<std::int64_t>("SELECT number FROM things WHERE id = :id", first).value());
          });
          if (seen <= last) ++backwards;  // at least one's own write must be seen
          last = seen;
        }
      });
    }
    for (auto& thread : threads) thread.join();
    CHECK(backwards == 0);
    CHECK(database.read([first](Connection& connection) {
      return connection.one<std::int64_t>("SELECT number FROM things WHERE id = :id", first);
    }) == std::tuple(kThreads * kRounds));
  });
}
