#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <random>

#include "saying.hpp"
#include "steps/day_rule.hpp"
#include "steps/walker_clock.hpp"

using namespace dontgoback;
using namespace dontgoback::test;

namespace {

/// Totals of the days from a date on.
std::vector<std::int32_t> totals(const Diary& diary, std::string_view from, int days) {
  std::vector<std::int32_t> found;
  for (int i = 0; i < days; ++i) {
    found.push_back(sum_of(day(from) + std::chrono::days(i), diary.days).total);
  }
  return found;
}

std::vector<std::int32_t> totals(const std::vector<Saying>& sayings, std::string_view from, int days) {
  Diary diary;
  for (const auto& saying : sayings) diary.tell(saying);
  return totals(diary, from, days);
}

constexpr std::int64_t kSeoul = 540, kLosAngeles = -480, kBerlin = 60, kDelhi = 330;

}  // namespace

TEST_CASE("one device: the day is exactly what it told") {
  CHECK(totals({{.date = "2026-03-01", .total = 4321}}, "2026-02-28", 3) == std::vector{0, 4321, 0});
  CHECK(totals({{.date = "2026-03-01", .hours = hour(23, 77)}}, "2026-02-28", 3) == std::vector{0, 77, 0});
}

TEST_CASE("devices that tell hours: the larger of each hour, summed; else the larger total") {
  Diary diary;
  diary.tell({.date = "2026-03-01", .hours = {0, 10, 300}});
  diary.tell({.date = "2026-03-01", .device = "watch", .source = Source::watch, .hours = {0, 200, 100}});
  const auto sum = sum_of(diary.days.front().told);
  CHECK(sum.total == 500);
  CHECK(sum.by_hours);
  diary.tell({.date = "2026-03-01", .device = "old", .total = 499});
  CHECK(sum_of(diary.days.front().told).total == 500);
  diary.tell({.date = "2026-03-01", .device = "old", .total = 501, .version = 2});
  CHECK(sum_of(diary.days.front().told).total == 501);
  CHECK_FALSE(sum_of(diary.days.front().told).by_hours);
}

TEST_CASE("a total beyond its hours counts") {
  Diary diary;
  diary.tell({.date = "2026-03-01", .total = 900, .hours = {0, 10, 300}, .measured = at("2026-03-01", 12, 0, 540)});
  CHECK(sum_of(diary.days.front().told).total == 900);
  CHECK(totals(diary, "2026-02-28", 3) == std::vector{0, 900, 0});
}

TEST_CASE("without flights the rule of one offset and the rule of any are the same") {
  std::mt19937 random(11);
  for (int round = 0; round < 300; ++round) {
    Diary diary;
    for (int i = 0; i < 12; ++i) {
      Saying saying{.date = random() % 2 ? "2026-03-01" : "2026-03-02",
                    .device = std::string(1, static_cast<char>('a' + random() % 4)),
                    .source = static_cast<Source>(random() % 5),
                    .total = static_cast<std::int32_t>(random() % 20'000),
                    .version = static_cast<std::int64_t>(random() % 5),
                    .offset = kDelhi};
      if (random() % 3 == 0) saying.offset.reset();
      if (random() % 2 == 0) {
        saying.hours.resize(random() % 25);
        for (auto& steps : saying.hours) steps = static_cast<std::int32_t>(random() % 3000);
      }
      diary.tell(saying.update(), at(saying.date, static_cast<int>(random() % 30), 0, kDelhi));
    }
    REQUIRE(of_one_offset(diary.days));
    for (const auto& label : diary.days) {
      const auto one = sum_of(label.told);
      const auto any = sum_of(label.day, diary.days);
      CHECK(one.total == any.total);
      CHECK(one.by_hours == any.by_hours);
      CHECK(one.joined == any.joined);
    }
  }
}

TEST_CASE("a flight west over midnight makes the day longer, and counts the hours that came twice once") {
  // Boards in Seoul at 20:00, lands in Los Angeles 11 hours later, at 14:00 of the same day.
  Hours seoul(20, 0), los_angeles(18, 0);
  seoul[9] = 4000;
  seoul[18] = 1000;       // 09:00 UTC: 01:00 in Los Angeles
  los_angeles[1] = 1000;  // the same hour
  los_angeles[5] = 300;   // in the air
  los_angeles[16] = 2000;
  const std::vector<Saying> told{{.date = "2026-03-01",
                                  .hours = seoul,
                                  .version = 1,
                                  .offset = kSeoul,
                                  .measured = at("2026-03-01", 20, 0, kSeoul)},
                                 {.date = "2026-03-01",
                                  .hours = los_angeles,
                                  .version = 2,
                                  .offset = kLosAngeles,
                                  .measured = at("2026-03-01", 18, 0, kLosAngeles)}};
  CHECK(totals(told, "2026-02-28", 4) == std::vector{0, 7300, 0, 0});
}

TEST_CASE("a day that the clock had begun already comes back after a flight west") {
  // Past midnight in the air the phone still has Seoul's time and walks 50 steps on the second; then it is the first
  // again.
  const std::vector<Saying> told{{.date = "2026-03-01",
                                  .hours = hour(21, 5000),
                                  .version = 1,
                                  .offset = kSeoul,
                                  .measured = at("2026-03-01", 23, 0, kSeoul)},
                                 {.date = "2026-03-02",
                                  .hours = hour(1, 50),
                                  .version = 1,
                                  .offset = kSeoul,
                                  .measured = at("2026-03-02", 2, 0, kSeoul)},
                                 {.date = "2026-03-01",
                                  .hours = hour(16, 2000),
                                  .version = 2,
                                  .offset = kLosAngeles,
                                  .measured = at("2026-03-01", 18, 0, kLosAngeles)},
                                 {.date = "2026-03-02",
                                  .hours = hour(10, 700),
                                  .version = 2,
                                  .offset = kLosAngeles,
                                  .measured = at("2026-03-02", 12, 0, kLosAngeles)}};
  // 02:00 of the second in Seoul, when that clock was last seen, is 09:00 of the first in Los Angeles.
  CHECK(totals(told, "2026-02-28", 4) == std::vector{0, 7000, 750, 0});
}

TEST_CASE("a flight east over the date line skips what the clock skipped, and a finished day keeps its steps") {
  const std::vector<Saying> before{{.date = "2026-03-01",
                                    .hours = hour(11, 3000),
                                    .offset = kLosAngeles,
                                    .measured = at("2026-03-01", 12, 0, kLosAngeles)}};
  // Lands 12 hours later: 17:00 of the second in Seoul.
  auto after = before;
  after.push_back(
      {.date = "2026-03-02", .hours = hour(19, 1500), .offset = kSeoul, .measured = at("2026-03-02", 20, 0, kSeoul)});
  CHECK(totals(before, "2026-02-28", 3) == std::vector{0, 3000, 0});
  CHECK(totals(after, "2026-02-28", 4) == std::vector{0, 3000, 1500, 0});
}

TEST_CASE("who tells totals only is divided by its measurements: a flight counts no time twice") {
  Diary diary;
  std::int64_t version = 0;
  const auto told = [&](std::string_view date, std::int64_t offset, int at_hour, std::int32_t total) {
    diary.tell({.date = date,
                .total = total,
                .version = ++version,
                .offset = offset,
                .measured = at(date, at_hour, 0, offset)});
  };
  told("2026-03-01", kSeoul, 9, 4000);
  told("2026-03-01", kSeoul, 17, 4000);  // midnight in Los Angeles
  told("2026-03-01", kSeoul, 20, 5000);
  told("2026-03-01", kLosAngeles, 14, 1300);  // 1000 of them in Seoul
  told("2026-03-01", kLosAngeles, 18, 3300);
  CHECK(totals(diary, "2026-02-28", 4) == std::vector{0, 7300, 0, 0});
}

TEST_CASE("zones of half hours: an hour is divided evenly, and no hour counts twice") {
  const std::vector<Saying> told{{.date = "2026-03-01",
                                  .hours = Hours(24, 100),
                                  .version = 1,
                                  .offset = kDelhi,
                                  .measured = at("2026-03-01", 23, 59, kDelhi)},
                                 {.date = "2026-03-01",
                                  .hours = Hours(24, 100),
                                  .version = 2,
                                  .offset = kBerlin,
                                  .measured = at("2026-03-01", 23, 59, kBerlin)}};
  const auto days = totals(told, "2026-02-28", 3);
  CHECK(days[0] + days[1] + days[2] == 2850);  // 28 and a half hours in a row
}

TEST_CASE("a watch that keeps another zone's time does not move the walker's clock") {
  std::vector<Saying> told{
      {.date = "2026-03-01", .hours = hour(12, 1000), .offset = kSeoul, .measured = at("2026-03-01", 23, 0, kSeoul)},
      {.date = "2026-03-02", .hours = hour(1, 500), .offset = kSeoul, .measured = at("2026-03-02", 23, 0, kSeoul)},
      // The same walks on Los Angeles' time, told later.
      {.date = "2026-02-28",
       .device = "watch",
       .source = Source::watch,
       .hours = hour(19, 1000),
       .offset = kLosAngeles,
       .measured = at("2026-02-28", 23, 59, kLosAngeles)},
      {.date = "2026-03-01",
       .device = "watch",
       .source = Source::watch,
       .hours = hour(8, 500),
       .offset = kLosAngeles,
       .measured = at("2026-03-01", 23, 59, kLosAngeles)}};
  CHECK(totals(told, "2026-02-28", 4) == std::vector{0, 1000, 500, 0});
}

TEST_CASE("a phone that lies at home in another zone does not lead") {
  const std::vector<Saying> told{
      {.date = "2026-03-01", .hours = hour(3, 3), .offset = kSeoul, .measured = at("2026-03-01", 23, 0, kSeoul)},
      {.date = "2026-03-02", .hours = hour(3, 2), .offset = kSeoul, .measured = at("2026-03-02", 22, 0, kSeoul)},
      {.date = "2026-03-01",
       .device = "carried",
       .hours = hour(20, 9000),
       .offset = kLosAngeles,
       .measured = at("2026-03-01", 23, 0, kLosAngeles)}};
  CHECK(totals(told, "2026-02-28", 4) == std::vector{3, 9002, 0, 0});
}

TEST_CASE("who tells no offset means the walker's own day") {
  Diary diary;
  diary.tell({.date = "2026-03-01", .total = 9, .offset = kSeoul, .measured = at("2026-03-01", 20, 0, kSeoul)});
  diary.tell(
      {.date = "2026-03-01", .total = 8, .offset = kLosAngeles, .measured = at("2026-03-01", 20, 0, kLosAngeles)});
  diary.tell({.date = "2026-03-01", .device = "hand", .source = Source::manual, .total = 5000, .offset = {}});
  CHECK(totals(diary, "2026-02-28", 3) == std::vector{0, 5000, 0});
}

TEST_CASE("each quarter of an hour has one day, whatever was told") {
  std::mt19937 random(5);
  for (int round = 0; round < 50; ++round) {
    Diary diary;
    for (int i = 0; i < 10; ++i) {
      const auto offset = (static_cast<std::int64_t>(random() % 105) - 48) * 15;
      const auto label = day("2026-03-01") + std::chrono::days(random() % 4);
      diary.tell({label, i % 2 ? "a" : "b", i % 2 ? Source::phone : Source::watch, 100, {}, i, offset, {}},
                 time::Timestamp(label.date) + std::chrono::hours(random() % 40));
    }
    std::map<time::Day, int> quarters;
    const WalkerClock clock(diary.days);
    const auto first = day("2026-02-20").number() * kQuartersOfDay;
    for (auto quarter = first; quarter < first + 20 * kQuartersOfDay; ++quarter) ++quarters[clock.day_of(quarter)];
    for (const auto& [when, count] : quarters) CHECK(count <= 50 * 4);
  }
}
