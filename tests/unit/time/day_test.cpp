#include "dontgoback/time/day.hpp"

#include <catch2/catch.hpp>
#include <stdexcept>

using namespace dontgoback::time;
using namespace std::chrono_literals;

TEST_CASE("a day's text and number") {
  CHECK(to_string(Day{}) == "1970-01-01");
  CHECK(to_string(Day::from_number(-1)) == "1969-12-31");
  CHECK(to_string(*parse_day("0001-01-01")) == "0001-01-01");
  CHECK(to_string(*parse_day("9999-12-31")) == "9999-12-31");
  CHECK(parse_day("2000-03-01")->number() == 11'017);
  CHECK(*parse_day("2024-02-28") + std::chrono::days(2) == *parse_day("2024-03-01"));
  CHECK(*parse_day("2023-02-28") + std::chrono::days(1) == *parse_day("2023-03-01"));
}

TEST_CASE("every day of four hundred years survives its text") {
  const auto first = parse_day("1900-01-01")->number();
  for (auto number = first; number < first + 146'097; ++number) {
    const auto day = Day::from_number(number);
    REQUIRE(parse_day(to_string(day)) == day);
  }
}

TEST_CASE("leap days are in the calendar only in leap years") {
  for (const auto* day : {"2024-02-29", "2000-02-29", "1600-02-29"}) CHECK(parse_day(day));
  for (const auto* day : {"2023-02-29", "1900-02-29", "2100-02-29", "2024-02-30"}) CHECK(!parse_day(day));
}

TEST_CASE("what is not exactly YYYY-MM-DD is no day") {
  for (const auto* text : {"", "2024", "2024-1-01", "2024-01-1", "24-01-01", "2024/01/01", "2024-00-10", "2024-13-01",
                           "2024-01-00", "2024-04-31", "0000-01-01", "-024-01-01", "+024-01-01", " 2024-01-01",
                           "2024-01-01 ", "2024-01-01T00:00:00Z", "２０２４", "2024-0a-01", "20240-01-01"}) {
    INFO(text);
    CHECK(!parse_day(text));
  }
}

TEST_CASE("a moment is RFC 3339 with milliseconds") {
  const Timestamp midnight{parse_day("2026-01-31")->date};
  CHECK(to_rfc3339(midnight) == "2026-01-31T00:00:00.000Z");
  CHECK(to_rfc3339(midnight + 9h + 15min + 123ms) == "2026-01-31T09:15:00.123Z");
  CHECK(to_rfc3339(midnight - 1ms) == "2026-01-30T23:59:59.999Z");
  CHECK(to_rfc3339(Timestamp{-1ms}) == "1969-12-31T23:59:59.999Z");
  std::string out = "at ";
  append_rfc3339(out, Timestamp{});
  CHECK(out == "at 1970-01-01T00:00:00.000Z");
}

TEST_CASE("days that four digits cannot say are refused, not garbled") {
  const auto one = std::chrono::days(1);
  CHECK_THROWS_AS(to_string(*parse_day("9999-12-31") + one), std::out_of_range);
  CHECK_THROWS_AS(to_string(*parse_day("0001-01-01") - one), std::out_of_range);
  CHECK_THROWS_AS(to_rfc3339(Timestamp::max()), std::out_of_range);
  CHECK_THROWS_AS(to_rfc3339(Timestamp::min()), std::out_of_range);
}
