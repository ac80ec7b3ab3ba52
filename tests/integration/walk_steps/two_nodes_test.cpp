#include <catch2/catch.hpp>
#include <thread>

#include "recording.hpp"
#include "steps/day_rule.hpp"

using namespace dontgoback;
using namespace dontgoback::test;

namespace {

constexpr int kDevices = 8;
constexpr int kDaysTold = 6;

/// What the walker's devices tell one node: each once, each another hour, so that any that were lost would be missed.
/// With offsets that differ, days beside one another are made anew all the time.
std::vector<Update> told_to(int node, bool travels) {
  std::vector<Update> updates;
  for (int i = 0; i < kDevices * kDaysTold; ++i) {
    const int device = i % kDevices;
    Saying saying{.date = "2026-02-20",
                  .device = (node ? "a" : "b") + std::to_string(device),
                  .hours = hour(2 * device + node, 1000 + i),
                  .offset = travels && device % 3 == 0 ? 480 : 540};
    auto update = saying.update();
    update.day = update.day + std::chrono::days(i / kDevices);
    update.measured_at = time::Timestamp(update.day.date) + std::chrono::hours(device);
    updates.push_back(update);
  }
  return updates;
}

}  // namespace

TEST_CASE("two nodes write to the same walker and days at once, and nothing is lost") {
  Recording here(storage::Dialect::mysql);
  CheckedDatabase beside({.url = here.fresh.url()});
  QueuedRecorder other({*beside, here.clock, here.trust, {}, {}});
  const bool travels = GENERATE(false, true);
  Diary diary;
  for (const int node : {0, 1}) {
    for (const auto& update : told_to(node, travels)) diary.tell(update, here.clock.now());
  }
  Days expected;
  for (int i = -1; i <= kDaysTold; ++i) {
    const auto when = day("2026-02-20") + std::chrono::days(i);
    if (const auto total = sum_of(when, diary.days).total; total > 0) expected[time::to_string(when)] = total;
  }
  for (int round = 0; round < 5; ++round) {
    const auto walker = add_walker(here.database);
    const auto tell = [&](Recorder& recorder, int node) {
      int good = 0;
      for (const auto& update : told_to(node, travels)) good += recorder.record(walker, {update}) ? 1 : 0;
      return good;
    };
    int good_there = 0;
    std::thread there([&] { good_there = tell(other, 1); });
    CHECK(tell(here.recorder, 0) == kDevices * kDaysTold);
    there.join();
    CHECK(good_there == kDevices * kDaysTold);
    CHECK(here.days_of(walker) == expected);
  }
}
