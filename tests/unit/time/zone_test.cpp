#include <catch2/catch.hpp>
#include <stdexcept>

#include "dontgoback/time/day.hpp"

using namespace dontgoback::time;
using namespace std::chrono_literals;

namespace {

Timestamp utc(std::string_view day, std::chrono::milliseconds time_of_day) {
  return Timestamp{parse_day(day)->date} + time_of_day;
}

}  // namespace

TEST_CASE("the service's day begins at its own midnight") {
  const Zone seoul("Asia/Seoul");
  CHECK(seoul.name() == "Asia/Seoul");
  CHECK(to_string(seoul.day_of(utc("2026-11-20", 14h + 59min + 59s + 999ms))) == "2026-11-20");
  CHECK(to_string(seoul.day_of(utc("2026-11-20", 15h))) == "2026-11-21");
  CHECK(to_string(seoul.day_of(utc("2024-02-28", 15h))) == "2024-02-29");
  CHECK(to_string(seoul.day_of(utc("2026-12-31", 15h))) == "2027-01-01");
  CHECK(seoul.at(*parse_day("2026-11-21"), 3h) == utc("2026-11-20", 18h));
}

TEST_CASE("in a gap the moment is the first after it") {
  const Zone new_york("America/New_York");  // 2026-03-08: 02:00 EST is 03:00 EDT
  const auto day = *parse_day("2026-03-08");
  CHECK(new_york.at(day, 1h + 59min) == utc("2026-03-08", 6h + 59min));
  CHECK(new_york.at(day, 2h) == utc("2026-03-08", 7h));
  CHECK(new_york.at(day, 2h + 30min) == utc("2026-03-08", 7h));
  CHECK(new_york.at(day, 3h) == utc("2026-03-08", 7h));
}

TEST_CASE("in an overlap the moment is the earlier") {
  const Zone new_york("America/New_York");  // 2026-11-01: 02:00 EDT is 01:00 EST
  const auto day = *parse_day("2026-11-01");
  CHECK(new_york.at(day, 1h + 30min) == utc("2026-11-01", 5h + 30min));
  CHECK(new_york.at(day, 2h) == utc("2026-11-01", 7h));
  CHECK(new_york.day_of(utc("2026-11-01", 3h + 59min)) == *parse_day("2026-10-31"));
  CHECK(new_york.day_of(utc("2026-11-02", 4h + 59min)) == day);  // the day has 25 hours
}

TEST_CASE("a zone whose midnight falls into a gap still has that day") {
  const Zone havana("America/Havana");  // 2026-03-08: 00:00 CST is 01:00 CDT
  const auto day = *parse_day("2026-03-08");
  CHECK(havana.at(day, 0min) == utc("2026-03-08", 5h));
  CHECK(havana.day_of(havana.at(day, 0min)) == day);
}

TEST_CASE("a day's moment comes back to the day, all year round") {
  for (const auto* name : {"Asia/Seoul", "America/New_York", "Europe/London", "Australia/Lord_Howe", "UTC"}) {
    const Zone zone(name);
    for (auto day = *parse_day("2026-01-01"); day < *parse_day("2027-01-01"); day = day + std::chrono::days(1)) {
      for (const auto time_of_day : {0min, 150min, 1439min}) {
        INFO(name << ' ' << to_string(day) << ' ' << time_of_day.count());
        REQUIRE(zone.day_of(zone.at(day, time_of_day)) == day);
      }
    }
  }
}

TEST_CASE("an unknown zone is named") {
  for (const auto* name : {"", "Asia/Atlantis", "asia/seoul", "Asia", "../../etc/passwd", "Asia/Seoul "}) {
    CHECK_THROWS_WITH(Zone(name), Catch::Contains("\"" + std::string(name) + "\""));
  }
}
