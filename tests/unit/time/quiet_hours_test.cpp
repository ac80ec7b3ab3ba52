#include "dontgoback/time/quiet_hours.hpp"

#include <catch2/catch.hpp>

using namespace dontgoback::time;
using namespace std::chrono_literals;

TEST_CASE("A moment of a day is read as it is written, and nothing else is one") {
  for (const auto* text : {"00:00", "07:05", "12:30", "23:59"}) {
    const auto moment = parse_minute(text);
    REQUIRE(moment);
    CHECK(minute_text(*moment) == text);
  }
  CHECK(parse_minute("07:05") == 7h + 5min);
  for (const auto* text : {"", "7:05", "24:00", "12:60", "+2:00", "12-30", "12:3 ", "12:300", "-1:00"}) {
    INFO(text);
    CHECK_FALSE(parse_minute(text));
  }
}

TEST_CASE("Quiet hours hold from the one until the other, over midnight too") {
  const QuietHours day{9h, 17h}, night{22h, 7h};
  CHECK(day.hold(9h));
  CHECK_FALSE(day.hold(17h));
  CHECK_FALSE(day.hold(8h + 59min));
  CHECK(night.hold(22h));
  CHECK(night.hold(0h));
  CHECK(night.hold(6h + 59min));
  CHECK_FALSE(night.hold(7h));
  CHECK_FALSE(night.hold(12h));
}
