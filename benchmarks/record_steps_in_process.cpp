// What keeping steps costs by itself: single updates of random walkers among a million, as the calls of many
// connections wait for one another, each on disk before its answer. No socket, no request, no token.
//   record_steps_in_process [UPDATES [WALKERS [WAITING]]]      (in TMPDIR)
#include <sys/resource.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <random>
#include <string>
#include <thread>

#include "steps/recorder.hpp"
#include "storage/open.hpp"

namespace dontgoback::walk {
storage::Migrations migrations();
}

using namespace dontgoback;
using namespace dontgoback::walk::steps;

namespace {

class Confirmed final : public time::ClockTrust {
 public:
  std::optional<time::Timestamp> confirmed_now() const override { return time::SystemClock().now(); }
  bool older_than(time::Timestamp::duration, time::Timestamp) const override { return false; }
  std::vector<time::Span> spans_older_than(time::Timestamp::duration) override { return {}; }
  std::chrono::milliseconds settled() const override { return std::chrono::milliseconds::max(); }
};

double processor_seconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

void add_walkers(storage::Database& database, std::int64_t count) {
  database.write([&](storage::Connection& connection) {
    connection.execute(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + std::to_string(count) +
        ") INSERT INTO walkers (uuid, nickname, renamed_at, status, status_at, offset_minutes, consented_at, "
        "created_at) SELECT randomblob(16), '', 0, 0, 0, 540, 1, 0 FROM n");
  });
}

struct Run {
  Recorder& recorder;
  std::int64_t walkers;
  int waiting;
  Source source;
};

/// So many calls wait at a time; each that is answered makes place for another.
void run(std::string_view what, const Run& with, int updates, unsigned seed) {
  std::mt19937_64 random(seed);
  const auto now = time::SystemClock().now();
  const time::Day today{std::chrono::floor<std::chrono::days>(now + std::chrono::hours(9))};
  std::atomic<int> waiting{0}, bad{0};
  const auto began = std::chrono::steady_clock::now();
  const auto processor = processor_seconds();
  for (int i = 0; i < updates; ++i) {
    for (int now_waiting = waiting; now_waiting >= with.waiting; now_waiting = waiting) waiting.wait(now_waiting);
    ++waiting;
    Update update{today, "phone", with.source, static_cast<std::int32_t>(i % 20'000), {}, i, {}, {}};
    if (with.source == Source::phone) update.offset_minutes = 540;
    with.recorder.record({1 + static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(with.walkers))}, {update},
                         [&](const Result<std::vector<Recorded>>& recorded) {
                           bad += recorded ? 0 : 1;
                           --waiting;
                           waiting.notify_one();
                         });
  }
  for (int left = waiting; left > 0; left = waiting) waiting.wait(left);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  std::cout << "| " << what << " | " << static_cast<int>(updates / took.count()) << " | "
            << (processor_seconds() - processor) * 1e6 / updates << " | " << bad << " |" << std::endl;
}

}  // namespace

int main(int argc, char** argv) {
  const auto given = [&](int i, std::int64_t otherwise) { return argc > i ? std::atoll(argv[i]) : otherwise; };
  const auto updates = static_cast<int>(given(1, 300'000));
  const auto walkers = given(2, 1'000'000);
  const auto waiting = static_cast<int>(given(3, 64));
  const auto directory = std::filesystem::temp_directory_path() / ("record_steps." + std::to_string(::getpid()));
  std::filesystem::create_directory(directory);
  {
    const auto database = storage::open_database(
        {.url = "sqlite:" + (directory / "steps.db").string(), .statement_limit = std::chrono::minutes(1)});
    storage::migrate(*database, walk::migrations());
    add_walkers(*database, walkers);
    const time::SystemClock clock;
    const Confirmed trust;
    QueuedRecorder recorder({*database, clock, trust, {}, {}});
    std::cout << "| what | updates a second | µs of processor each | failed |\n| --- | ---: | ---: | ---: |\n";
    run("a day's first", {recorder, walkers, waiting, Source::phone}, updates, 1);
    run("the same again", {recorder, walkers, waiting, Source::phone}, updates, 1);
    run("others", {recorder, walkers, waiting, Source::phone}, updates, 2);
    run("RecordSteps", {recorder, walkers, waiting, Source::first_release}, updates, 3);
    run("of 1 000 walkers", {recorder, 1'000, waiting * 16, Source::phone}, updates, 4);
  }
  std::filesystem::remove_all(directory);
}
