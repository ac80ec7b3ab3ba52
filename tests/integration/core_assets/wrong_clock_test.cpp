#include "calendar.hpp"

using namespace dontgoback;
using namespace dontgoback::core::assets;
using namespace dontgoback::test;
using std::chrono::days;
using std::chrono::hours;

namespace {

struct Step {
  int day;
  Clock trust;
  std::string says;  ///< a part of the job's line; empty: the line tells of the day only
};

struct Case {
  std::string name;
  std::vector<Step> steps;
  std::vector<int> rows;  ///< at the end
  int shown;              ///< of which day the amount is that is shown then
  bool whole = true;      ///< the series has no gap until then
};

std::vector<Case> cases() {
  return {
      {"one day after another", {{1, kNo, ""}, {2, kYes, ""}, {3, kNo, ""}}, all({{0, 3}}), 3},
      {"twice a day", {{1, kNo, ""}, {1, kNo, ""}, {1, kYes, ""}}, all({{0, 1}}), 1},
      {"a day missed", {{1, kNo, ""}, {3, kNo, "1 day made up"}}, all({{0, 3}}), 3},
      {"two days missed", {{1, kNo, ""}, {4, kNo, "2 days made up"}}, all({{0, 4}}), 4},
      {"three days missed, unconfirmed",
       {{1, kNo, ""}, {5, kNo, "3 missed days wait for a confirmed clock"}},
       {0, 1, 5},
       5,
       false},
      {"three days missed, confirmed", {{1, kNo, ""}, {5, kYes, "3 days made up"}}, all({{0, 5}}), 5},
      {"thirty days missed, confirmed", {{1, kYes, ""}, {32, kYes, "30 days made up"}}, all({{0, 32}}), 32},
      {"confirmed the same day",
       {{1, kNo, ""}, {32, kNo, "30 missed days wait"}, {32, kYes, "30 days made up"}},
       all({{0, 32}}),
       32},
      {"confirmed days later",
       {{1, kNo, ""},
        {9, kNo, "7 missed days wait"},
        {10, kNo, "7 missed"},
        {11, kNo, "7 missed"},
        {12, kYes, "7 days"}},
       all({{0, 12}}),
       12},
      {"missed again while it waits",
       {{1, kNo, ""}, {9, kNo, "7 missed"}, {11, kNo, "8 missed"}, {13, kYes, "9 days made up"}},
       all({{0, 13}}),
       13},
      {"more than are made up",
       {{1, kYes, ""}, {502, kYes, "400 days made up"}},
       all({{0, 1}, {102, 502}}),
       502,
       false},
      {"ahead for a moment by a day", {{1, kNo, ""}, {2, kNo, ""}, {1, kNo, ""}, {2, kYes, ""}}, all({{0, 2}}), 2},
      {"ahead by three days, by a clock that is right again unconfirmed",
       {{1, kNo, ""}, {5, kNo, "3 missed days wait"}, {2, kNo, ""}, {3, kNo, ""}},
       {0, 1, 2, 3, 5},
       3},
      {"ahead by fifteen days and confirmed again",
       {{1, kNo, ""}, {16, kNo, "14 missed days wait"}, {2, kYes, "3 accounts freed of rows"}},
       all({{0, 2}}),
       2},
      {"ahead by years for several days, then unconfirmed, then confirmed",
       {{1, kNo, ""}, {800, kNo, "400 missed"}, {801, kNo, "399 missed"}, {2, kNo, ""}, {3, kYes, "freed"}},
       all({{0, 3}}),
       3},
      {"ahead, and never confirmed until that day has come",
       {{1, kNo, ""}, {6, kNo, "4 missed"}, {2, kNo, ""}, {3, kNo, ""}, {4, kNo, ""}, {5, kNo, ""}, {6, kNo, "again"}},
       all({{0, 6}}),
       6},
      {"behind for a moment by years", {{1, kNo, ""}, {2, kNo, ""}, {-700, kNo, ""}, {3, kNo, ""}}, all({{0, 3}}), 3},
      {"behind by days", {{1, kNo, ""}, {5, kYes, "3 days"}, {3, kNo, ""}, {6, kNo, ""}}, all({{0, 6}}), 6},
      {"behind into the gap, which is wider than what is made up unconfirmed",
       {{1, kNo, ""}, {30, kNo, "28 missed"}, {10, kNo, "8 missed"}, {31, kYes, "27 days"}},
       all({{0, 31}}),
       31},
      {"behind into the gap, near enough to make up what is before",
       {{1, kNo, ""}, {30, kNo, "28 missed"}, {3, kNo, "1 day made up"}, {31, kYes, "26 days"}},
       all({{0, 31}}),
       31},
  };
}

}  // namespace

TEST_CASE("Whatever the clock does, today's row is made and the series becomes whole") {
  const auto dialect = ON_EACH_DATABASE();
  for (const auto& tried : cases()) {
    DYNAMIC_SECTION(tried.name << (dialect == storage::Dialect::sqlite ? "" : ", MariaDB")) {
      Calendar calendar(dialect);
      auto& world = calendar.world;
      const auto users = world.accounts(3, 0);
      for (const auto& step : tried.steps) {
        CAPTURE(step.day);
        calendar.set(step.day, step.trust);
        const auto line = calendar.run();
        if (step.says.empty()) {
          CHECK_THAT(line, !Catch::Contains(";"));
        } else {
          CHECK_THAT(line, Catch::Contains(step.says));
        }
        calendar.check_current();
        for (const auto user : users) {  // today has its row, and that is what is shown
          if (step.day < 0) continue;
          const auto rows = world.history(user);
          const auto today = std::ranges::find(rows, world.today(), &std::pair<time::Day, Won>::first);
          REQUIRE(today != rows.end());
          CHECK(world.amount(user) == today->second);
        }
      }
      for (const auto user : users) {
        CHECK(calendar.days_of(user) == tried.rows);
        if (tried.whole) CHECK(world.amount(user) == calendar.amount_on(user, tried.shown));
      }
      CHECK(calendar.make_up() == "nothing to do");
    }
  }
}

TEST_CASE("Missed days are made up as soon as the clock is confirmed, without waiting for the next day") {
  Calendar calendar(ON_EACH_DATABASE());
  const auto user = calendar.world.account(0);
  calendar.set(1, kNo);
  calendar.run();
  calendar.set(20, kNo);
  calendar.run();
  CHECK(calendar.make_up() == "nothing to do");
  CHECK(calendar.days_of(user) == std::vector{0, 1, 20});
  calendar.set(20, kYes);
  CHECK_THAT(calendar.make_up(), Catch::Contains("18 days made up from 2027-01-17 on"));
  CHECK(calendar.days_of(user) == all({{0, 20}}));
  CHECK(calendar.world.amount(user) == calendar.amount_on(user, 20));
  CHECK(calendar.make_up() == "nothing to do");
  calendar.check_current();
}

TEST_CASE("An hour back around three in the morning is no other day") {
  Calendar calendar(ON_EACH_DATABASE());
  const auto user = calendar.world.account(0);
  for (const auto& [day, later] : {std::pair{0, hours(10)}, {0, hours(9)}, {0, hours(10)}, {1, hours(10)}}) {
    calendar.set(day, kNo, later);  // 17:00 and so many hours
    calendar.run();
  }
  CHECK(calendar.days_of(user) == all({{0, 2}}));
  CHECK(calendar.world.amount(user) == calendar.amount_on(user, 2));
}

TEST_CASE("A source that is away leaves missed days missed, and they are made up later") {
  Calendar calendar(ON_EACH_DATABASE());
  auto& world = calendar.world;
  const auto users = world.accounts(4, 0);
  calendar.set(1, kYes);
  calendar.run();

  calendar.set(2, kYes);
  world.source->is_away = [](UserId) { return true; };
  CHECK_THROWS_WITH(calendar.run(), Catch::Contains("4 failed"));
  calendar.set(6, kYes);
  CHECK_THROWS_WITH(calendar.run(), Catch::Contains("4 missed days are still to be made up: the source of assets does "
                                                    "not answer"));
  // It answers again, but not for everybody: those it answers for are whole at once, the others lose nothing.
  world.source->is_away = [&](UserId user) { return user == users[2]; };
  calendar.set(7, kYes);
  CHECK_THROWS_WITH(calendar.run(), Catch::Contains("did not answer for 1 account"));
  calendar.check_current();
  CHECK(calendar.days_of(users[0]) == all({{0, 7}}));
  CHECK(calendar.days_of(users[2]) == all({{0, 1}}));
  world.source->is_away = [](UserId) { return false; };
  CHECK_THAT(calendar.make_up(), Catch::Contains("5 days made up"));
  CHECK_THAT(calendar.run(), !Catch::Contains("made up"));
  for (const auto user : users) {
    CHECK(calendar.days_of(user) == all({{0, 7}}));
    CHECK(world.amount(user) == calendar.amount_on(user, 7));
  }
}

TEST_CASE("Where the source fails only for the missed days, today's row is there and written again with them") {
  Calendar calendar(ON_EACH_DATABASE());
  auto& world = calendar.world;
  const auto user = world.account(0);
  calendar.set(1, kYes);
  calendar.run();
  calendar.set(5, kYes);
  int calls = 0;
  world.source->meanwhile = [&] { world.source->is_away = [&, call = ++calls](UserId) { return call <= 2; }; };
  CHECK_THROWS_WITH(calendar.run(), Catch::Contains("1 done, 0 failed") && Catch::Contains("does not answer"));
  CHECK(calendar.days_of(user) == std::vector{0, 1, 5});
  CHECK_THAT(calendar.make_up(), Catch::Contains("3 days made up"));
  CHECK(calendar.days_of(user) == all({{0, 5}}));
  CHECK(world.amount(user) == calendar.amount_on(user, 5));
}

TEST_CASE("Accounts that were not there all the time have rows of the days they were") {
  Calendar calendar(ON_EACH_DATABASE());
  auto& world = calendar.world;
  const auto set_status = [&](UserId user, core::accounts::AccountStatus status) {
    world.database.write([&](auto& c) { world.parts.life_cycle.set_status(c, user, status, "", world.clock.now()); });
  };
  const auto always = world.account(0);
  const auto inactive = world.account(0);
  const auto away = world.account(0);     // while others had their rows
  const auto back = world.account(0);     // left before the outage, came back in it
  const auto leaving = world.account(0);  // after the outage, before its days were made up
  for (const int day : {1, 2, 3, 4}) {
    calendar.set(day, kYes);
    if (day == 2) set_status(away, core::accounts::AccountStatus::inactive);
    if (day == 4) set_status(away, core::accounts::AccountStatus::active);
    calendar.run();
  }
  set_status(inactive, core::accounts::AccountStatus::inactive);
  set_status(back, core::accounts::AccountStatus::close_requested);
  calendar.set(8, kNo);
  set_status(back, core::accounts::AccountStatus::active);
  const auto born = world.account(0);
  calendar.set(15, kNo);
  CHECK_THAT(calendar.run(), Catch::Contains("10 missed days wait"));
  set_status(leaving, core::accounts::AccountStatus::suspended);
  calendar.set(16, kYes);
  CHECK_THAT(calendar.run(), Catch::Contains("10 days made up"));
  calendar.check_current();

  CHECK(calendar.days_of(always) == all({{0, 16}}));
  CHECK(calendar.days_of(inactive) == all({{0, 4}}));
  CHECK(calendar.days_of(away) == all({{0, 1}, {4, 16}}));
  CHECK(calendar.days_of(back) == all({{0, 4}, {9, 16}}));
  CHECK(calendar.days_of(leaving) == all({{0, 4}, {15, 15}}));
  CHECK(calendar.days_of(born) == all({{8, 16}}));
}

TEST_CASE("A run that is cut short goes on where it was") {
  Calendar calendar(ON_EACH_DATABASE());
  auto& world = calendar.world;
  const auto users = world.accounts(2100, 0);
  calendar.set(1, kYes);
  calendar.run();
  calendar.set(4, kYes);
  // Two slices of a thousand, five days each, are made up; then the lease is lost.
  int slices = 0;
  CHECK_THROWS_AS(calendar.daily().run({.stop = {}, .keep_alive = [&] { return ++slices <= 9; }}), Unavailable);
  calendar.check_current();
  CHECK(calendar.days_of(users.front()) == all({{0, 3}}));
  CHECK(calendar.days_of(users.back()) == all({{0, 1}}));
  world.source->calls = 0;
  CHECK_THAT(calendar.run(), Catch::Contains("2 days made up"));
  CHECK(world.source->calls <= 2 + 3);  // the two days of the last hundred, and today's slices
  for (const auto user : {users.front(), users[1500], users.back()}) {
    CHECK(calendar.days_of(user) == all({{0, 4}}));
    CHECK(world.amount(user) == calendar.amount_on(user, 4));
  }
  CHECK(calendar.make_up() == "nothing to do");
}
