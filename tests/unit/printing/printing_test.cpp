#include <catch2/catch.hpp>
#include <chrono>
#include <vector>

#include "dontgoback/money.hpp"
#include "dontgoback/time/day.hpp"

using namespace dontgoback;
using namespace std::chrono_literals;

namespace {

/// What a failing test says of a value.
template <class T>
std::string said_of(const T& value) {
  return Catch::Detail::stringify(value);
}

}  // namespace

TEST_CASE("a failure says days, moments and spans") {
  const auto day = time::parse_day("2026-11-26").value();
  CHECK(said_of(day) == "2026-11-26");
  CHECK(said_of(std::optional(day)) == "2026-11-26");
  CHECK(said_of(std::optional<time::Day>()) == "{ }");
  CHECK(said_of(std::nullopt) == "nothing");
  CHECK(said_of(time::Day::from_number(1'000'000'000)) == "number 1000000000");
  const time::Timestamp moment{day.date + 9h + 15min + 123ms};
  CHECK(said_of(moment) == "2026-11-26T09:15:00.123Z");
  CHECK(said_of(std::optional(moment)) == "2026-11-26T09:15:00.123Z");
  CHECK(said_of(time::Timestamp::max()) == "number 9223372036854775807");
  CHECK(said_of(time::Span{moment, moment + 1ms}) == "2026-11-26T09:15:00.123Z … 2026-11-26T09:15:00.124Z");
  CHECK(said_of(std::vector{1min, 5min}) == "{ 1 m, 5 m }");
}

TEST_CASE("a failure says amounts and whose they are") {
  CHECK(said_of(Won{7'990'000}) == "7990000 won");
  CHECK(said_of(Multiplier{}) == "1000000000 billionths");
  CHECK(said_of(UserId{17}) == "#17");
  const auto row = std::pair(time::parse_day("2026-11-26").value(), Won{1});
  CHECK(said_of(std::vector{row}) == "{ { 2026-11-26, 1 won } }");
  CHECK(said_of(std::tuple(2, std::string("b"))) == "{ 2, \"b\" }");
}

TEST_CASE("a failure says why there is no value") {
  const Failure failure{FailureKind::not_found, {"없음", "No such user."}};
  CHECK(said_of(Result<int>(failure)) == "not found: No such user.");
  CHECK(said_of(Result<int>(7)) == "7");
  CHECK(said_of(Result<std::string>(std::string("a"))) == "\"a\"");
  CHECK(said_of(FailureKind::rate_limited) == "rate limited");
  CHECK(said_of(Unavailable::Effect::perhaps_saved) == "perhaps saved");
  CHECK(said_of(std::filesystem::path("/a/b")) == "/a/b");
}
