#include "jobs/timetable.hpp"

#include <catch2/catch.hpp>

namespace dontgoback::jobs {
namespace {

using namespace std::chrono_literals;

time::Timestamp utc(int year, unsigned month, unsigned day, std::chrono::minutes time) {
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
  return time::Timestamp{std::chrono::sys_days{date} + time};
}
time::Day day(const char* text) { return time::parse_day(text).value(); }

const Schedule kDaily{3h, {}};
const Schedule kEvery{{}, 10min};
const time::Zone kSeoul{"Asia/Seoul"};

Progress done_on(const char* text) {
  Progress progress;
  progress.last_success_day = day(text);
  return progress;
}

TEST_CASE("a daily job is due at its time of the service's zone") {
  const auto before = utc(2026, 1, 30, 17h + 59min);  // 02:59 on the 31st
  const auto at = utc(2026, 1, 30, 18h);
  CHECK(latest_due_day(3h, kSeoul, before) == day("2026-01-30"));
  CHECK(latest_due_day(3h, kSeoul, at) == day("2026-01-31"));
  CHECK(next_due(kDaily, done_on("2026-01-30"), kSeoul, before) == at);
  CHECK(next_due(kDaily, done_on("2026-01-31"), kSeoul, at) == at + 24h);
}

TEST_CASE("a missed day is due at once, however many there were") {
  const auto now = utc(2026, 1, 31, 5h);
  CHECK(*next_due(kDaily, done_on("2026-01-30"), kSeoul, now) <= now);
  CHECK(*next_due(kDaily, done_on("2025-06-01"), kSeoul, now) <= now);
  CHECK(*next_due(kDaily, Progress{}, kSeoul, now) <= now);
}

TEST_CASE("nothing was missed before a job was known") {
  const auto now = utc(2026, 1, 31, 5h);
  CHECK(*next_due(kDaily, first_progress(kDaily, kSeoul, now), kSeoul, now) == utc(2026, 1, 31, 18h));
  CHECK(*next_due(kEvery, first_progress(kEvery, kSeoul, now), kSeoul, now) == now + 10min);
  const Schedule at_once{{}, 10min, true};
  CHECK(*next_due(at_once, first_progress(at_once, kSeoul, now), kSeoul, now) <= now);
}

TEST_CASE("a success of a day to come is none, whichever clock was wrong") {
  const auto now = utc(2026, 1, 31, 5h);
  for (const auto* ahead : {"2026-02-01", "2026-02-15", "2031-01-31"}) {
    CHECK(*next_due(kDaily, done_on(ahead), kSeoul, now) <= now);
  }
  CHECK(*next_due(kDaily, done_on("2026-01-31"), kSeoul, utc(2020, 5, 5, 12h)) <= utc(2020, 5, 5, 12h));
  // Another node's clock, a few seconds ahead, has it done already.
  const auto at = utc(2026, 1, 31, 18h);
  CHECK(*next_due(kDaily, done_on("2026-02-01"), kSeoul, at - 5s) == at + 24h);
  CHECK(*next_due(kDaily, done_on("2026-02-01"), kSeoul, at - 6s) <= at);
}

TEST_CASE("the clocks of nodes may differ by five seconds, and by no more") {
  const auto at = utc(2026, 1, 31, 18h);  // 03:00 on 1 February
  for (const auto ahead : {0ms, 1ms, 4999ms, 5000ms}) {
    CHECK(*next_due(kDaily, done_on("2026-02-01"), kSeoul, at - ahead) == at + 24h);
  }
  CHECK(*next_due(kDaily, done_on("2026-02-01"), kSeoul, at - 5001ms) <= at);

  Progress waiting = done_on("2026-01-31");
  waiting.failures = 1;
  const auto now = utc(2026, 1, 31, 19h);
  waiting.not_before = now + 1min + 5s;
  CHECK(*next_due(kDaily, waiting, kSeoul, now) == now + 1min + 5s);
  waiting.not_before = now + 1min + 5s + 1ms;
  CHECK(*next_due(kDaily, waiting, kSeoul, now) <= now);
  Progress often;
  often.not_before = now + 10min + 5s;
  CHECK(*next_due(kEvery, often, kSeoul, now) == now + 10min + 5s);
  often.not_before = now + 10min + 5s + 1ms;
  CHECK(*next_due(kEvery, often, kSeoul, now) == now);
}

TEST_CASE("a job whose pause is over is due then, not after, and one that was never run keeps its first time") {
  const auto now = utc(2026, 1, 31, 19h);
  Progress failed = done_on("2026-01-31");
  failed.failures = 1;
  failed.not_before = now;
  CHECK(*next_due(kDaily, failed, kSeoul, now - 1ms) == now);
  CHECK(*next_due(kDaily, failed, kSeoul, now) <= now);
  // A pause never brings a job forward.
  Progress early = done_on("2026-02-01");
  early.not_before = now;
  CHECK(*next_due(kDaily, early, kSeoul, now) == utc(2026, 2, 1, 18h));
  CHECK(first_progress(kEvery, kSeoul, now).not_before == now + 10min);
  CHECK(first_progress(kDaily, kSeoul, now).not_before == std::nullopt);
  CHECK(first_progress(kEvery, kSeoul, now).last_success_day == std::nullopt);
}

TEST_CASE("days of 23 and 25 hours have one run each") {
  const time::Zone berlin{"Europe/Berlin"};
  const Schedule at_half_past_two{2h + 30min, {}};
  // 29 March 2026: 02:30 does not exist; 25 October 2026: it comes twice.
  const auto spring = *next_due(at_half_past_two, done_on("2026-03-28"), berlin, utc(2026, 3, 28, 12h));
  CHECK(spring == utc(2026, 3, 29, 1h));
  CHECK(latest_due_day(2h + 30min, berlin, spring) == day("2026-03-29"));
  const auto autumn = *next_due(at_half_past_two, done_on("2026-10-24"), berlin, utc(2026, 10, 24, 12h));
  CHECK(autumn == utc(2026, 10, 25, 30min));
  CHECK(*next_due(at_half_past_two, done_on("2026-10-25"), berlin, autumn + 1h) == utc(2026, 10, 26, 1h + 30min));
}

TEST_CASE("failures wait a minute, five, then an hour; a success ends that") {
  const auto now = utc(2026, 1, 31, 5h);
  Progress progress = done_on("2026-01-30");
  for (const auto wait : {1min, 5min, 60min, 60min}) {
    progress.last_started = now;
    progress = after_run(progress, kDaily, Outcome::failure, kSeoul, now);
    CHECK(*next_due(kDaily, progress, kSeoul, now) == now + wait);
  }
  CHECK(progress.last_success_day == day("2026-01-30"));
  progress = after_run(progress, kDaily, Outcome::success, kSeoul, now);
  CHECK(progress.failures == 0);
  CHECK(*next_due(kDaily, progress, kSeoul, now) == utc(2026, 1, 31, 18h));
}

TEST_CASE("what runs every so often pauses for ten of its periods at most") {
  const auto now = utc(2026, 1, 31, 5h);
  const auto pauses = [&](std::chrono::milliseconds every) {
    const Schedule schedule{{}, every};
    Progress progress;
    std::vector<std::chrono::milliseconds> waits;
    for (int failure = 0; failure < 4; ++failure) {
      progress.last_started = now;
      progress = after_run(progress, schedule, Outcome::failure, kSeoul, now);
      const auto due = next_due(schedule, progress, kSeoul, now);
      waits.push_back(std::chrono::duration_cast<std::chrono::milliseconds>(*due - now));
    }
    return waits;
  };
  using Waits = std::vector<std::chrono::milliseconds>;
  CHECK(pauses(1s) == Waits{10s, 10s, 10s, 10s});
  CHECK(pauses(10s) == Waits{60s, 100s, 100s, 100s});
  CHECK(pauses(1min) == Waits{1min, 5min, 10min, 10min});
  CHECK(pauses(1h) == Waits{1min, 5min, 1h, 1h});
}

TEST_CASE("a run counts for the day it began on") {
  Progress progress = done_on("2026-01-29");
  progress.last_started = utc(2026, 1, 30, 17h);  // 02:00 on the 31st: the 30th's run, made good
  progress = after_run(progress, kDaily, Outcome::success, kSeoul, utc(2026, 1, 30, 19h));
  CHECK(progress.last_success_day == day("2026-01-30"));
}

TEST_CASE("a run that was cut short is neither done nor failed") {
  const auto now = utc(2026, 1, 31, 5h);
  Progress progress = done_on("2026-01-30");
  progress.last_started = now;
  progress = after_run(progress, kDaily, Outcome::interrupted, kSeoul, now);
  CHECK(progress.failures == 0);
  CHECK(*next_due(kDaily, progress, kSeoul, now) <= now);
}

TEST_CASE("a periodic job runs a period after the last start, at once when it took longer") {
  const auto start = utc(2026, 1, 31, 5h);
  Progress progress;
  progress.last_started = start;
  const auto quick = after_run(progress, kEvery, Outcome::success, kSeoul, start + 1min);
  CHECK(*next_due(kEvery, quick, kSeoul, start + 1min) == start + 10min);
  const auto slow = after_run(progress, kEvery, Outcome::success, kSeoul, start + 25min);
  CHECK(*next_due(kEvery, slow, kSeoul, start + 25min) == start + 25min);
}

TEST_CASE("a time that only a wrong clock can have set does not hold a job up") {
  const auto now = utc(2026, 1, 31, 5h);
  Progress progress = done_on("2026-01-30");
  progress.not_before = utc(2031, 1, 1, 0h);
  CHECK(*next_due(kDaily, progress, kSeoul, now) <= now);
  CHECK(*next_due(kEvery, progress, kSeoul, now) <= now);
}

TEST_CASE("a clock that is set back holds a job up for no longer than a run before it could have") {
  const auto now = utc(2026, 1, 31, 5h);
  const Schedule often{{}, 1s};
  Progress progress;
  progress.last_started = now;
  const auto done = after_run(progress, often, Outcome::success, kSeoul, now);
  CHECK(*next_due(often, done, kSeoul, now) == now + 1s);
  for (const auto back : std::initializer_list<std::chrono::seconds>{10s, 10min, 1h, 24h}) {
    CHECK(*next_due(often, done, kSeoul, now - back) <= now - back);
  }
  CHECK(*next_due(often, done, kSeoul, now - 2s) == now + 1s);  // as much as another node's clock may be ahead

  const auto failed = after_run(done_on("2026-01-30"), kDaily, Outcome::failure, kSeoul, now);
  CHECK(*next_due(kDaily, failed, kSeoul, now - 2s) == now + 1min);
  CHECK(*next_due(kDaily, failed, kSeoul, now - 10min) <= now - 10min);
}

TEST_CASE("a job without a schedule is never due") {
  CHECK_FALSE(next_due(Schedule{}, Progress{}, kSeoul, utc(2026, 1, 31, 5h)));
}

}  // namespace
}  // namespace dontgoback::jobs
