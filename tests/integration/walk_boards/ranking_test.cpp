// Days and ranks, without a database.
#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

#include "boards/board.hpp"
#include "dontgoback/time/day.hpp"

using namespace dontgoback;
using namespace dontgoback::walk::boards;

TEST_CASE("A week is from Monday on, a month from its first, whatever the day") {
  for (int n = -400; n < 40000; ++n) {
    const auto day = time::Day::from_number(n);
    const auto week = days_of(Period::week, day);
    const auto month = days_of(Period::month, day);
    REQUIRE(std::chrono::weekday(week.from.date) == std::chrono::Monday);
    REQUIRE((week.from <= day && day < week.from + std::chrono::days(7)));
    REQUIRE(time::to_string(month.from) == time::to_string(day).substr(0, 8) + "01");
    REQUIRE(days_of(Period::today, day).from == day);
  }
}

TEST_CASE("The day of each offset is that of its clock, at any moment") {
  std::minstd_rand random;
  for (int i = 0; i < 20'000; ++i) {
    const time::Timestamp now(std::chrono::milliseconds(1'700'000'000'000 + static_cast<std::int64_t>(random()) * 60));
    const auto by_clock = days_by_clock(Period::today, now);
    const std::int64_t offset = static_cast<std::int64_t>(random() % (26 * 60 + 1)) - 12 * 60;
    const auto own = std::chrono::floor<std::chrono::days>(now + std::chrono::minutes(offset));
    REQUIRE(by_clock.of(offset).to == time::Day{own});
  }
}

TEST_CASE("Ranks are the same in whatever order the entries came") {
  std::minstd_rand random(7);
  for (int round = 0; round < 200; ++round) {
    std::vector<Entry> entries(1 + random() % 12);
    for (std::size_t i = 0; i < entries.size(); ++i) {
      entries[i].uuid.bytes[0] = static_cast<std::uint8_t>(i);
      entries[i].steps = random() % 3 * 100;
      entries[i].reached_at = entries[i].steps == 0 ? 0 : random() % 3;
      entries[i].doubtful_steps = random() % 4 == 0 ? entries[i].steps : 0;
    }
    auto other = entries;
    std::ranges::shuffle(other, random);
    rank(entries);
    rank(other);
    int ranked = 0;
    for (std::size_t i = 0; i < entries.size(); ++i) {
      REQUIRE(entries[i].uuid == other[i].uuid);
      REQUIRE(entries[i].rank == other[i].rank);
      REQUIRE((entries[i].rank == 0) == entries[i].is_doubtful());
      if (entries[i].is_doubtful()) continue;
      REQUIRE(++ranked == static_cast<int>(i) + 1);  // none stands below one without a rank
      // As many are before it as its rank says.
      const auto before = std::ranges::count_if(entries, [&](const Entry& each) {
        return !each.is_doubtful() && (each.steps > entries[i].steps ||
                                       (each.steps == entries[i].steps && each.reached_at < entries[i].reached_at));
      });
      REQUIRE(entries[i].rank == before + 1);
    }
  }
}
