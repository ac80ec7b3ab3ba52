// The rule of docs/goals.md: what a streak is.
#include "walk/goals/streak.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <random>
#include <vector>

using namespace dontgoback;
using namespace dontgoback::walk::goals;
using std::chrono::days;

namespace {

constexpr time::Day kMonday{std::chrono::sys_days{std::chrono::year{2027} / 1 / 4}};

/// A day a letter, from a Monday on, by a goal of 100: `x` reached, `.` less, `-` no data. The last is today.
Streaks of(std::string_view week, bool grace = false, time::Day from = kMonday) {
  std::vector<DaySteps> walked;
  auto day = from;
  for (const char c : week) {
    if (c != '-') walked.push_back({day, c == 'x' ? 100 : 99});
    day = day + days(1);
  }
  const std::vector<Goal> goals{{from, 100, grace}};
  return streaks(goals, walked, day - days(1));
}

Streaks streak(std::int64_t current, std::int64_t longest, int since) {
  return {current, longest, current > 0 ? std::optional(kMonday + days(since)) : std::nullopt};
}

struct Drawn {
  std::vector<Goal> goals;
  std::vector<DaySteps> walked;
  time::Day today;
};

Drawn draw(std::minstd_rand& random) {
  const auto below = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  Drawn drawn;
  drawn.today = kMonday + days(below(60));
  for (int i = 0; i < 90; ++i) {
    const auto day = kMonday - days(10) + days(i);
    if (below(12) == 0 || (i == 10 && below(2) == 0)) {
      drawn.goals.push_back({day, below(4) == 0 ? 0 : 100 * (1 + below(3)), below(2) == 0});
    }
    if (below(8) != 0) drawn.walked.push_back({day, 100 * below(5)});
  }
  return drawn;
}

bool is_reached(const Drawn& drawn, time::Day day) {
  const auto goal = in_force(drawn.goals, day);
  const auto found = std::ranges::find(drawn.walked, day, &DaySteps::day);
  return goal && goal->steps > 0 && found != drawn.walked.end() && found->total >= goal->steps;
}

}  // namespace

TEST_CASE("Days in a row count, a missed one ends them, and today can only add") {
  CHECK(of("x") == streak(1, 1, 0));
  CHECK(of("-") == streak(0, 0, 0));
  CHECK(of("xxx") == streak(3, 3, 0));
  CHECK(of("xxx.") == streak(3, 3, 0));  // today is not over
  CHECK(of("xxx-") == streak(3, 3, 0));
  CHECK(of("xxx.x") == streak(1, 3, 4));
  CHECK(of("xxx-x") == streak(1, 3, 4));  // no data is no steps
  CHECK(of("xxx..") == streak(0, 3, 0));
  CHECK(of("..xx.xxxx.x") == streak(1, 4, 10));
}

TEST_CASE("By choice one missed day a week is forgiven, and does not count") {
  CHECK(of("xx.xx", true) == streak(4, 4, 0));
  CHECK(of("xx-xx", true) == streak(4, 4, 0));
  CHECK(of("xx..x", true) == streak(1, 2, 4));
  CHECK(of("xx.x.xx", true) == streak(2, 3, 5));
  CHECK(of("xx.xxxxxx.x", true) == streak(9, 9, 0));  // one of each week
  CHECK(of("xxxxxx..x", true) == streak(7, 7, 0));    // Sunday and Monday
  CHECK(of(".xx", true) == streak(2, 2, 1));          // with nothing before it there is nothing to go on
  // The week's one is used up, though another streak has used it.
  CHECK(of("x.-x.x", true) == streak(1, 1, 5));
}

TEST_CASE("Each day is judged by the goal in force on it, and none at all ends a streak") {
  const auto at = [](int day) { return kMonday + days(day); };
  std::vector<DaySteps> walked;
  for (int i = 0; i < 10; ++i) walked.push_back({at(i), 150});
  const auto streak_of = [&](std::vector<Goal> goals) { return streaks(goals, walked, at(9)); };
  CHECK(streak_of({}) == Streaks{});
  CHECK(streak_of({{at(4), 100, false}}) == streak(6, 6, 4));
  CHECK(streak_of({{at(0), 100, false}, {at(4), 200, false}}) == streak(0, 4, 0));
  CHECK(streak_of({{at(0), 200, false}, {at(4), 150, false}}) == streak(6, 6, 4));
  CHECK(streak_of({{at(0), 100, true}, {at(4), 0, true}, {at(5), 100, true}}) == streak(5, 5, 5));
  CHECK(streak_of({{at(0), 100, true}, {at(9), 0, true}}) == streak(9, 9, 0));  // today
  // Grace of later forgives nothing of before.
  CHECK(streak_of({{at(0), 100, false}, {at(2), 200, false}, {at(3), 100, true}}) == streak(7, 7, 3));
}

TEST_CASE("Whatever was walked, streaks hold what the rule says") {
  std::minstd_rand random(Catch::rngSeed() + 1);
  for (int i = 0; i < 2000; ++i) {
    const auto drawn = draw(random);
    const auto found = streaks(drawn.goals, drawn.walked, drawn.today);
    INFO(i);
    REQUIRE(found.current <= found.longest);
    REQUIRE(found.since.has_value() == (found.current > 0));
    // As many reached days as were counted, and of the others at most one each week, which had grace.
    std::map<time::Day, int> forgiven;
    std::int64_t reached = 0;
    for (auto day = found.since.value_or(drawn.today); found.current > 0 && day <= drawn.today; day = day + days(1)) {
      if (is_reached(drawn, day)) {
        ++reached;
      } else if (day < drawn.today) {
        REQUIRE(in_force(drawn.goals, day)->grace);
        REQUIRE(in_force(drawn.goals, day)->steps > 0);
        const auto week = day - (std::chrono::weekday(day.date) - std::chrono::Monday);
        REQUIRE(++forgiven[week] == 1);
      }
    }
    REQUIRE(reached == found.current);
    if (found.since) REQUIRE(is_reached(drawn, *found.since));

    // More steps on any day never make it shorter, and what is told of days to come changes nothing.
    auto more = drawn;
    if (!more.walked.empty()) more.walked[random() % more.walked.size()].total += 1000;
    const auto better = streaks(more.goals, more.walked, more.today);
    const bool has_grace = std::ranges::any_of(drawn.goals, &Goal::grace);
    if (!has_grace) {
      REQUIRE(better.current >= found.current);
      REQUIRE(better.longest >= found.longest);
    }
    auto known = drawn;
    std::erase_if(known.walked, [&](const DaySteps& day) { return day.day > drawn.today; });
    std::erase_if(known.goals, [&](const Goal& goal) { return goal.from > drawn.today; });
    REQUIRE(streaks(known.goals, known.walked, known.today) == found);
    // A day later, without a step more, the past is what it was.
    const auto tomorrow = streaks(known.goals, known.walked, drawn.today + days(1));
    REQUIRE(tomorrow.longest == found.longest);
  }
}
