#include "clock/ages.hpp"

#include <catch2/catch.hpp>
#include <random>

namespace dontgoback::clock {
namespace {

using namespace std::chrono_literals;
using time::Timestamp;

constexpr Timestamp kNow{std::chrono::hours(500'000)};
constexpr auto kAge = 24h * 14;

UnconfirmedSpan span(Timestamp from, Timestamp until, std::optional<Timestamp> confirmed_at) {
  return {1, {from, until}, confirmed_at};
}

TEST_CASE("without unconfirmed times, age is the difference") {
  CHECK(older_than({}, kNow, kAge, kNow - kAge));
  CHECK_FALSE(older_than({}, kNow, kAge, kNow - kAge + 1ms));
  CHECK_FALSE(older_than({}, kNow, kAge, kNow + 24h * 365));
  CHECK(spans_older_than({}, kNow, kAge) == std::vector<time::Span>{{Timestamp::min(), kNow - kAge + 1ms}});
}

TEST_CASE("what a clock years behind wrote ages from the moment it was put right") {
  const auto then = kNow - 24h * 365 * 2;
  const auto put_right = [&](std::optional<Timestamp> at) { return std::vector{span(then, then + 1h, at)}; };
  CHECK_FALSE(older_than(put_right(std::nullopt), kNow, kAge, then));
  CHECK_FALSE(older_than(put_right(kNow), kNow, kAge, then));
  CHECK_FALSE(older_than(put_right(kNow - kAge + 1ms), kNow, kAge, then + 59min));
  CHECK(older_than(put_right(kNow - kAge), kNow, kAge, then));
  // What a right clock wrote before and after that is as old as it says.
  CHECK(older_than(put_right(kNow), kNow, kAge, then - 1ms));
  CHECK(older_than(put_right(kNow), kNow, kAge, then + 1h));
}

TEST_CASE("what a clock ahead wrote ages from the moment it was put right, until a right clock gets there") {
  const auto ahead = kNow + 24h * 15;
  const auto spans = std::vector{span(ahead, ahead + 1h, kNow)};
  CHECK_FALSE(older_than(spans, kNow, kAge, ahead));
  CHECK_FALSE(older_than(spans, kNow + kAge - 1ms, kAge, ahead));
  CHECK(older_than(spans, kNow + kAge, kAge, ahead));
  CHECK_FALSE(older_than(spans, ahead, kAge, ahead + 1min));
  CHECK_FALSE(older_than(spans, ahead + 1min + kAge - 1ms, kAge, ahead + 1min));
  CHECK(older_than(spans, ahead + 1min + kAge, kAge, ahead + 1min));
}

TEST_CASE("what a clock ahead wrote is none of now only beyond the hour by which clocks may differ") {
  const auto ahead = std::vector{span(kNow, kNow + 24h * 15, kNow - kAge)};
  CHECK_FALSE(older_than(ahead, kNow, kAge, kNow));
  CHECK_FALSE(older_than(ahead, kNow, kAge, kNow + 1h));
  CHECK(older_than(ahead, kNow, kAge, kNow + 1h + 1ms));
}

TEST_CASE("a moment in several unconfirmed times ages from the last") {
  const auto then = kNow - 24h * 365;
  const std::vector spans{span(then, then + 2h, kNow - kAge), span(then + 1h, then + 3h, kNow - 1h)};
  CHECK(older_than(spans, kNow, kAge, then));
  CHECK_FALSE(older_than(spans, kNow, kAge, then + 1h));
  CHECK_FALSE(older_than(spans, kNow, kAge, then + 2h));
}

TEST_CASE("the spans are exactly the moments that are older") {
  std::mt19937 random(20'261'126);
  const auto moment = [&] { return kNow + std::chrono::hours(static_cast<int>(random() % 2000) - 1000); };
  for (int round = 0; round < 300; ++round) {
    std::vector<UnconfirmedSpan> spans;
    for (auto n = random() % 5; n > 0; --n) {
      const auto from = moment();
      const auto confirmed = random() % 4 == 0 ? std::nullopt : std::optional(std::min(moment(), kNow));
      spans.push_back(span(from, from + std::chrono::hours(1 + random() % 200), confirmed));
    }
    const auto aged = spans_older_than(spans, kNow, kAge);
    for (std::size_t i = 1; i < aged.size(); ++i) REQUIRE(aged[i - 1].until < aged[i].from);
    const auto in_one = [&](Timestamp written) {
      return std::any_of(aged.begin(), aged.end(),
                         [&](const time::Span& one) { return one.from <= written && written < one.until; });
    };
    for (int n = 0; n < 200; ++n) {
      const auto written = moment() + std::chrono::milliseconds(static_cast<int>(random() % 3) - 1);
      REQUIRE(in_one(written) == older_than(spans, kNow, kAge, written));
    }
  }
}

}  // namespace
}  // namespace dontgoback::clock
