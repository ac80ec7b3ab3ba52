// What a board of friends costs at the server: `friends_board DATABASE_URL [FRIENDS [PASSWORD_FILE]]` fills an empty
// database with a million walkers, of whom some hundreds have so many friends each, 31 days of steps of all of those,
// and prints how long a board takes to be read, ranked and written as JSON. One connection, one thread.
#include <time.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <random>
#include <string>
#include <vector>

#include "boards/json.hpp"
#include "boards/store.hpp"
#include "clock/migrations.hpp"
#include "dontgoback/module.hpp"
#include "jobs/migrations.hpp"
#include "storage/open.hpp"
#include "walk/module.hpp"

using namespace dontgoback;

namespace {

constexpr std::int64_t kWalkers = 1'000'000;
constexpr std::int64_t kViewers = 300;
constexpr std::int64_t kDays = 31;
constexpr int kRounds = 3'000;
constexpr time::Timestamp kNow{std::chrono::milliseconds{1'801'440'000'000}};  // 2027-01-31T20:00Z

std::vector<std::int64_t> others(std::minstd_rand& random, std::int64_t viewer, std::int64_t many) {
  std::vector<std::int64_t> found;
  while (static_cast<std::int64_t>(found.size()) < many) {
    found.push_back(static_cast<std::int64_t>(random() % static_cast<unsigned>(kWalkers)) + 1);
    if (found.back() == viewer) found.pop_back();
    std::ranges::sort(found);
    found.erase(std::unique(found.begin(), found.end()), found.end());
  }
  return found;
}

void fill(storage::Database& database, std::int64_t friends) {
  constexpr std::int64_t kAtOnce = 50'000;
  const bool is_sqlite = database.dialect() == storage::Dialect::sqlite;
  for (std::int64_t from = 1; from <= kWalkers; from += kAtOnce) {
    database.write([&](storage::Connection& connection) {
      const std::string padded = is_sqlite ? "printf('%016d', i)" : "LPAD(i, 16, '0')";
      connection.execute(
          "INSERT INTO walkers (id, uuid, nickname, renamed_at, status, status_at, offset_minutes, consented_at, "
          "created_at) WITH RECURSIVE n (i) AS (SELECT " +
          std::to_string(from) + " UNION ALL SELECT i + 1 FROM n WHERE i < " + std::to_string(from + kAtOnce - 1) +
          ") SELECT i, " + padded + ", 'walker', 0, 0, 0, (i % 27 - 12) * 60, 1, 0 FROM n");
    });
  }
  std::minstd_rand random(1);
  const auto today = std::chrono::floor<std::chrono::days>(kNow).time_since_epoch().count();
  std::vector<bool> walked(kWalkers + 1);
  for (std::int64_t viewer = 1; viewer <= kViewers; ++viewer) {
    const auto found = others(random, viewer, friends);
    database.write([&](storage::Connection& connection) {
      const auto add_days = [&](std::int64_t walker) {
        if (walked[static_cast<std::size_t>(walker)]) return;
        walked[static_cast<std::size_t>(walker)] = true;
        connection.execute(
            "INSERT INTO step_days (walker_id, day, total, reached_at, confidence, flags, told) WITH RECURSIVE n (i) "
            "AS "
            "(SELECT " +
                std::to_string(today - kDays + 2) + " UNION ALL SELECT i + 1 FROM n WHERE i < " +
                std::to_string(today + 1) +
                ") SELECT :walker, i, (:of_walker * 7919 + i * 31) % 20000, :at, 100, 0, 'of a phone, and perhaps of a "
                "watch' FROM n",
            walker, walker, kNow.time_since_epoch().count());
      };
      add_days(viewer);
      for (const auto other : found) {
        add_days(other);
        for (const auto& [one, two] : {std::pair{viewer, other}, std::pair{other, viewer}}) {
          connection.execute(is_sqlite ? "INSERT OR IGNORE INTO friendships (walker_id, other_id, kind, since) VALUES "
                                         "(:one, :two, 3, 0)"
                                       : "INSERT IGNORE INTO friendships (walker_id, other_id, kind, since) VALUES "
                                         "(:one, :two, 3, 0)",
                             one, two);
        }
      }
    });
  }
  database.renew_table_statistics();
}

/// Of this thread: what a machine with other work to do does not stretch.
double processor_micros() {
  timespec spent{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &spent);
  return static_cast<double>(spent.tv_sec) * 1e6 + static_cast<double>(spent.tv_nsec) / 1e3;
}

void measure(storage::Database& database, walk::boards::Period period) {
  using Steady = std::chrono::steady_clock;
  std::minstd_rand random(2);
  std::vector<double> micros, of_processor;
  std::size_t entries = 0, bytes = 0;
  for (int round = 0; round < kRounds; ++round) {
    const WalkerId viewer{static_cast<std::int64_t>(random() % static_cast<unsigned>(kViewers)) + 1};
    const auto begun = Steady::now();
    const auto processor = processor_micros();
    const auto text = database.read([&](storage::Connection& connection) {
      const auto board = walk::boards::friends_board(connection, viewer, {period, kNow, 50});
      entries += board.entries.size();
      return walk::boards::event_of(board);
    });
    bytes += text.size();
    of_processor.push_back(processor_micros() - processor);
    micros.push_back(std::chrono::duration<double, std::micro>(Steady::now() - begun).count());
  }
  const auto at = [](std::vector<double>& all, double part) {
    std::ranges::sort(all);
    return static_cast<int>(all[static_cast<std::size_t>(part * (kRounds - 1))]);
  };
  std::cout << "| " << walk::boards::name_of(period) << " | " << entries / kRounds << " | " << at(micros, 0.5) << " | "
            << at(micros, 0.99) << " | " << at(of_processor, 0.5) << " | " << bytes / kRounds << " |\n";
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  std::string password;
  if (argc > 3) std::getline(std::ifstream(argv[3]) >> std::ws, password);
  const auto database =
      storage::open_database({.url = argv[1], .password = password, .statement_limit = std::chrono::minutes(2)});
  auto schema = jobs::migrations();
  for (const auto& of : {clock::migrations(), walk::WalkModule().migrations()}) {
    schema.insert(schema.end(), of.begin(), of.end());
  }
  storage::migrate(*database, schema);
  if (!database->read(
          [](auto& connection) { return connection.template one<std::int64_t>("SELECT id FROM walkers LIMIT 1"); })) {
    fill(*database, argc > 2 ? std::atoll(argv[2]) : 200);
  }
  std::cout
      << "| period | entries | p50 µs | p99 µs | p50 of a processor | bytes |\n| --- | --- | --- | --- | --- | --- |\n";
  for (const auto period : {walk::boards::Period::today, walk::boards::Period::week, walk::boards::Period::month}) {
    measure(*database, period);
  }
}
