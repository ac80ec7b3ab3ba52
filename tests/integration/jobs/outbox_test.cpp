#include "jobs/outbox.hpp"

#include <catch2/catch.hpp>
#include <mutex>
#include <set>
#include <vector>

#include "jobs/migrations.hpp"
#include "signals.hpp"
#include "support/databases.hpp"
#include "support/set_clock.hpp"

namespace dontgoback::jobs {
namespace {

using namespace std::chrono_literals;
using test::SetClock;
using Delivery = Outbox::Delivery;

void on_each(const std::function<void(storage::Database&)>& body) { test::for_each_database(migrations(), body); }

/// What was delivered, and when.
class Received {
 public:
  struct One {
    std::int64_t id;
    std::string payload;
    time::Timestamp at;
  };
  explicit Received(const time::Clock& clock) : clock_(clock) {}

  void add(std::int64_t id, std::string_view payload) {
    const std::lock_guard lock(mutex_);
    all_.push_back({id, std::string(payload), clock_.now()});
  }
  std::vector<One> all() const {
    const std::lock_guard lock(mutex_);
    return all_;
  }
  std::vector<std::string> payloads() const {
    std::vector<std::string> payloads;
    for (const auto& one : all()) payloads.push_back(one.payload);
    return payloads;
  }
  void await(std::size_t count) const { EVENTUALLY(all().size() >= count); }

 private:
  const time::Clock& clock_;
  mutable std::mutex mutex_;
  std::vector<One> all_;
};

void write(storage::Database& database, DatabaseOutbox& outbox, std::string_view payload) {
  database.write([&](storage::Connection& connection) { outbox.add(connection, "mail", payload); });
}

TEST_CASE("what its transaction kept is delivered, in order; what it threw away is not") {
  on_each([](storage::Database& database) {
    SetClock clock;
    Received received(clock);
    DatabaseOutbox outbox(database, clock, "node");
    outbox.on("mail", [&](std::int64_t id, std::string_view payload) {
      received.add(id, payload);
      return Delivery::done;
    });
    write(database, outbox, "첫째");
    CHECK_THROWS(database.write([&](storage::Connection& connection) {
      outbox.add(connection, "mail", "never");
      throw std::runtime_error("rolled back");
    }));
    write(database, outbox, "second");
    outbox.start();
    received.await(2);
    write(database, outbox, "third");
    outbox.wake();
    received.await(3);
    EVENTUALLY(outbox.counts().waiting == 0);
    outbox.stop();
    CHECK(received.payloads() == std::vector<std::string>{"첫째", "second", "third"});
  });
}

TEST_CASE("a delivery that fails is tried again, later and later, under the same id") {
  on_each([](storage::Database& database) {
    SetClock clock;
    const auto start = clock.now();
    Received received(clock);
    DatabaseOutbox outbox(database, clock, "node");
    outbox.on("mail", [&](std::int64_t id, std::string_view payload) {
      received.add(id, payload);
      const auto tries = received.all().size();
      if (tries == 2) throw std::runtime_error("the mail server is away");
      return tries < 5 ? Delivery::retry : Delivery::done;
    });
    write(database, outbox, "again");
    outbox.start();
    std::vector<time::Timestamp> expected{start};
    for (const auto wait : {1s, 2s, 4s, 8s}) {
      received.await(expected.size());
      const auto next_at = expected.back() + wait;
      EVENTUALLY(database.read([&](storage::Connection& connection) {
        return connection.one<time::Timestamp>("SELECT next_at FROM outbox");
      }) == std::tuple(time::Timestamp(next_at)));
      clock.set(next_at - 1ms);
      outbox.wake();
      clock.set(next_at);
      outbox.wake();
      expected.push_back(next_at);
    }
    received.await(5);
    EVENTUALLY(outbox.counts().waiting == 0);
    outbox.stop();
    std::vector<time::Timestamp> times;
    std::set<std::int64_t> ids;
    for (const auto& one : received.all()) {
      times.push_back(one.at);
      ids.insert(one.id);
    }
    CHECK(times == expected);
    CHECK(ids.size() == 1);
  });
}

std::vector<Outbox::Entry> entries(storage::Database& database, DatabaseOutbox& outbox) {
  return database.read([&](storage::Connection& connection) { return outbox.entries(connection, "mail", 10); });
}

std::int64_t payload_bytes(storage::Database& database) {
  return database.read([](storage::Connection& connection) {
    return std::get<0>(connection.one<std::int64_t>("SELECT COALESCE(SUM(LENGTH(payload)), 0) FROM outbox").value());
  });
}

TEST_CASE("after three days of failures a message stays for an operator; what cannot be delivered goes") {
  on_each([](storage::Database& database) {
    SetClock clock;
    const auto start = clock.now();
    Received received(clock);
    DatabaseOutbox outbox(database, clock, "node");
    outbox.on("mail", [&](std::int64_t id, std::string_view payload) -> Outbox::Outcome {
      if (payload == "nonsense") return Delivery::drop;
      received.add(id, payload);
      return {Delivery::retry, "away"};
    });
    write(database, outbox, "unlucky");
    write(database, outbox, "nonsense");
    outbox.start();
    const auto recorded = [&] {
      return database.read([](storage::Connection& connection) {
        return std::get<0>(connection.one<std::size_t>("SELECT attempts FROM outbox ORDER BY id LIMIT 1").value());
      });
    };
    for (std::size_t tries = 1; outbox.counts().failed == 0; ++tries) {
      received.await(tries);
      EVENTUALLY(recorded() == tries);
      clock.advance(1h);
      outbox.wake();
    }
    EVENTUALLY(outbox.last_counts().failed == 1);
    outbox.stop();
    CHECK(outbox.counts().waiting == 0);
    CHECK(outbox.last_counts().waiting == 0);
    CHECK(received.all().size() == 84);
    CHECK(received.all().back().at - start >= 72h);
    const auto left = entries(database, outbox);
    REQUIRE(left.size() == 1);
    CHECK(left[0].state == Outbox::State::failed);
    CHECK(left[0].attempts == 84);
    CHECK(left[0].at == received.all().back().at);
    CHECK(left[0].created_at == start);
    CHECK(left[0].answer == "away");
    CHECK(payload_bytes(database) == 0);
  });
}

TEST_CASE("what is refused stays for an operator without its payload, the newest 200 of it") {
  on_each([](storage::Database& database) {
    SetClock clock;
    DatabaseOutbox outbox(database, clock, "node");
    std::string answer;
    for (int i = 0; i < 60; ++i) answer += "아니오 ";  // 600 bytes
    outbox.on("mail", [&](std::int64_t, std::string_view) { return Outbox::Outcome(Delivery::refuse, answer); });
    database.write([](storage::Connection& connection) {
      for (int i = 0; i < 250; ++i) {
        connection.execute(
            "INSERT INTO outbox (topic, payload, state, attempts, next_at, created_at) VALUES ('mail', '', :state, 1, "
            ":at, 0)",
            i == 249 ? 2 : 1, i);
      }
      for (int i = 0; i < 203; ++i) {
        connection.execute(
            "INSERT INTO outbox (topic, payload, state, attempts, next_at, created_at) VALUES ('mail', '', 2, 1, :at, "
            "0)",
            i);
      }
    });
    write(database, outbox, "who is that");
    outbox.start();
    EVENTUALLY(outbox.counts().waiting == 0);
    outbox.stop();
    const auto left = entries(database, outbox);
    REQUIRE(left.size() == 400);
    CHECK(left[0].state == Outbox::State::failed);
    CHECK(left[0].at.time_since_epoch().count() == 248);
    CHECK(left[200].state == Outbox::State::refused);
    CHECK(left[200].at == clock.now());
    CHECK(left[200].attempts == 1);
    CHECK(left[200].answer.size() >= 198);
    CHECK(answer.starts_with(left[200].answer));
    CHECK(left[399].at.time_since_epoch().count() == 5);
    CHECK(payload_bytes(database) == 0);
    CHECK(outbox.counts().failed == 249);  // nothing failed, so nothing of it was in the way
  });
}

TEST_CASE("two nodes never deliver at once, and lose and repeat nothing") {
  on_each([](storage::Database& database) {
    SetClock clock;
    Received received(clock);
    std::atomic<int> inside{0}, most{0};
    const auto deliver = [&](std::int64_t id, std::string_view payload) {
      const int now = ++inside;
      most = std::max(most.load(), now);
      received.add(id, payload);
      std::this_thread::yield();
      --inside;
      return Delivery::done;
    };
    DatabaseOutbox one(database, clock, "one");
    DatabaseOutbox two(database, clock, "two");
    one.on("mail", deliver);
    two.on("mail", deliver);
    std::vector<std::string> written;
    const auto some = [&](int count) {
      for (int i = 0; i < count; ++i) {
        written.push_back(std::to_string(written.size()));
        write(database, one, written.back());
        if (i % 20 == 0) {
          one.wake();
          two.wake();
        }
      }
    };
    some(60);
    one.start();
    two.start();
    some(60);
    const auto waiting = [&] {
      one.wake();
      two.wake();
      return one.counts().waiting;
    };
    EVENTUALLY(waiting() == 0);
    one.stop();
    two.stop();
    CHECK(most == 1);
    CHECK(received.payloads() == written);
  });
}

TEST_CASE("topics nobody delivers here, and messages that are too large") {
  on_each([](storage::Database& database) {
    SetClock clock;
    Received received(clock);
    DatabaseOutbox outbox(database, clock, "node");
    outbox.on("mail", [&](std::int64_t id, std::string_view payload) {
      received.add(id, payload);
      return Delivery::done;
    });
    database.write([&](storage::Connection& connection) { outbox.add(connection, "push", "another node's"); });
    write(database, outbox, std::string(64 * 1024, 'x'));
    CHECK_THROWS_AS(write(database, outbox, std::string(64 * 1024 + 1, 'x')), std::invalid_argument);
    outbox.start();
    received.await(1);
    EVENTUALLY(outbox.counts().waiting == 1);
    outbox.stop();
    CHECK(received.all().front().payload.size() == 64 * 1024);
  });
}

TEST_CASE("a message a wrong clock put years off is delivered after a start") {
  on_each([](storage::Database& database) {
    SetClock clock;
    Received received(clock);
    DatabaseOutbox outbox(database, clock, "node");
    outbox.on("mail", [&](std::int64_t id, std::string_view payload) {
      received.add(id, payload);
      return Delivery::done;
    });
    clock.advance(24h * 365 * 10);
    write(database, outbox, "from the future");
    clock.advance(-24h * 365 * 10);
    outbox.start();
    received.await(1);
  });
}

}  // namespace
}  // namespace dontgoback::jobs
