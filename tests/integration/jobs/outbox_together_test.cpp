// A topic whose messages are delivered beside each other, and topics beside each other.
#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

#include "jobs/migrations.hpp"
#include "jobs/outbox.hpp"
#include "signals.hpp"
#include "support/databases.hpp"
#include "support/set_clock.hpp"

namespace dontgoback::jobs {
namespace {

using namespace std::chrono_literals;
using test::SetClock;
using Delivery = Outbox::Delivery;

void write(storage::Database& database, DatabaseOutbox& outbox, std::string_view topic, int count, int first = 0) {
  database.write([&](storage::Connection& connection) {
    for (int i = first; i < first + count; ++i) outbox.add(connection, topic, std::to_string(i));
  });
}

std::int64_t left(storage::Database& database) {
  return database.read([](storage::Connection& connection) {
    return std::get<0>(connection.one<std::int64_t>("SELECT COUNT(*) FROM outbox").value());
  });
}

/// Holds deliveries until it is opened, at the latest when a test ends.
class Gate {
 public:
  void pass() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return open_; });
  }
  void open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool open_ = false;
};

struct Opening {
  ~Opening() { gate.open(); }
  Gate& gate;
};

TEST_CASE("so many are delivered at once, each once, and one that takes long holds up no other") {
  test::for_each_database(migrations(), [](storage::Database& database) {
    SetClock clock;
    std::mutex mutex;
    std::map<std::int64_t, int> times;
    std::atomic<int> under_way{0}, most{0};
    Gate gate;
    DatabaseOutbox outbox(database, clock, "node");
    const Opening opening{gate};
    outbox.on(
        "pushes",
        [&](std::int64_t id, std::string_view payload) {
          const int now = ++under_way;
          int before = most;
          while (before < now && !most.compare_exchange_weak(before, now)) {
          }
          if (payload == "7") gate.pass();
          std::this_thread::sleep_for(100us);
          const std::lock_guard lock(mutex);
          ++times[id];
          --under_way;
          return Delivery::done;
        },
        4);
    write(database, outbox, "pushes", 300);
    outbox.start();
    EVENTUALLY(left(database) == 1);  // hundreds after it are done
    write(database, outbox, "pushes", 50, 300);
    outbox.wake();
    EVENTUALLY(left(database) == 1);
    gate.open();
    EVENTUALLY(left(database) == 0);
    outbox.stop();
    CHECK(most == 4);
    CHECK(times.size() == 350);
    CHECK(std::ranges::all_of(times, [](const auto& each) { return each.second == 1; }));
  });
}

TEST_CASE("a topic waits for no other") {
  test::for_each_database(migrations(), [](storage::Database& database) {
    SetClock clock;
    Gate gate;
    std::atomic<int> mails{0};
    DatabaseOutbox outbox(database, clock, "node");
    const Opening opening{gate};
    outbox.on("a", [&](std::int64_t, std::string_view) {
      gate.pass();
      return Delivery::done;
    });
    outbox.on("mail", [&](std::int64_t, std::string_view) {
      ++mails;
      return Delivery::done;
    });
    write(database, outbox, "a", 1);
    write(database, outbox, "mail", 3);
    outbox.start();
    EVENTUALLY(mails == 3);
    CHECK(left(database) == 1);
    gate.open();
    EVENTUALLY(left(database) == 0);
    outbox.stop();
  });
}

TEST_CASE("what fails among others is tried again, and a stop waits for what is under way") {
  test::for_each_database(migrations(), [](storage::Database& database) {
    SetClock clock;
    std::atomic<int> done{0}, failed{0};
    DatabaseOutbox outbox(database, clock, "node");
    outbox.on(
        "pushes",
        [&](std::int64_t, std::string_view payload) {
          if (payload == "3" && failed++ == 0) throw std::runtime_error("broken");
          std::this_thread::sleep_for(1ms);
          ++done;
          return Delivery::done;
        },
        8);
    write(database, outbox, "pushes", 20);
    outbox.start();
    EVENTUALLY(left(database) == 1);
    clock.advance(1s);
    outbox.wake();
    EVENTUALLY(left(database) == 0);
    CHECK(done == 20);
    write(database, outbox, "pushes", 500);
    outbox.wake();
    EVENTUALLY(done > 30);
    outbox.stop();
    CHECK(done - 20 == 500 - left(database));
  });
}

}  // namespace
}  // namespace dontgoback::jobs
