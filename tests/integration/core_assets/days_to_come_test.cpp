// What a clock that runs ahead wrote of days to come, and books that begin anew.
#include "calendar.hpp"

using namespace dontgoback;
using namespace dontgoback::core::assets;
using namespace dontgoback::test;
using std::chrono::days;
using std::chrono::hours;

TEST_CASE("Who was made on a day to come shows the first row, which a confirmed clock makes today's") {
  Calendar calendar(ON_EACH_DATABASE());
  auto& world = calendar.world;
  const auto old = world.account(0);
  calendar.set(1, kNo);
  calendar.run();
  calendar.set(40, kNo);
  const auto born_ahead = world.account(0);
  calendar.set(41, kNo);
  calendar.run();  // gives it a second one

  calendar.set(2, kNo);
  calendar.run();
  CHECK(world.amount(born_ahead) == core::accounts::kFirstAmount);
  CHECK(calendar.days_of(born_ahead) == std::vector{40, 41});
  CHECK(world.amount(old) == calendar.amount_on(old, 2));

  calendar.set(3, kYes);
  CHECK_THAT(calendar.run(), Catch::Contains("2 accounts freed of rows of days that have not come"));
  CHECK(calendar.days_of(born_ahead) == std::vector{3});
  CHECK(calendar.days_of(old) == all({{0, 3}}));
  calendar.check_current();
  calendar.set(4, kNo);
  calendar.run();
  CHECK(calendar.days_of(born_ahead) == std::vector{3, 4});
  CHECK(world.amount(born_ahead) == world.source->updated(born_ahead, world.today(), core::accounts::kFirstAmount));
}

TEST_CASE("Nothing is removed of days that have not come without a confirmed clock") {
  Calendar calendar(ON_EACH_DATABASE());
  auto& world = calendar.world;
  const auto user = world.account(0);
  for (const int day : {1, 2, 3, 4, 5}) {
    calendar.set(day, kYes);
    calendar.run();
  }
  const auto before = world.history(user);
  for (const int day : {-3000, 1, 3, 4}) {  // behind
    calendar.set(day, kNo);
    calendar.run();
    calendar.make_up();
    CHECK(world.history(user) == before);
    calendar.check_current();
    CHECK(world.amount(user) == (day < 0 ? core::accounts::kFirstAmount : calendar.amount_on(user, day)));
  }
  calendar.set(5, kNo);
  CHECK(world.amount(user) == calendar.amount_on(user, 5));
}

TEST_CASE("A day that was asked for by name is shown, and written again when the day before it comes later") {
  Calendar calendar(ON_EACH_DATABASE());
  auto& world = calendar.world;
  const auto user = world.account(0);
  calendar.set(1, kYes);
  const auto post = [&](int day) {
    return world.browser().send("POST", "/msa/core/api/jobs/asset-refresh",
                                R"({"snapshotDay":")" + time::to_string(calendar.zero + days(day)) + "\"}",
                                AssetWorld::as_service());
  };
  CHECK(post(2).at("/data/success") == 1);  // before today's
  CHECK(calendar.days_of(user) == std::vector{0, 2});
  CHECK(world.amount(user) == world.source->updated(user, world.today() + days(1), core::accounts::kFirstAmount));
  calendar.run();
  CHECK_THAT(calendar.make_up(), Catch::Contains("written again"));
  CHECK(calendar.days_of(user) == all({{0, 2}}));
  CHECK(world.amount(user) == calendar.amount_on(user, 2));
  calendar.set(2, kYes);
  CHECK_THAT(calendar.run(), Catch::Contains("0 accounts"));
  CHECK(calendar.make_up() == "nothing to do");
}

TEST_CASE("A history shows no day that has not come") {
  Calendar calendar(ON_EACH_DATABASE());
  auto& world = calendar.world;
  const auto user = world.account(0);
  calendar.set(1, kNo);
  calendar.run();
  calendar.set(20, kNo);
  calendar.run();
  const auto born_ahead = world.account(0);
  const auto days_shown = [&](UserId who) {
    const auto answer = world.browser().send(
        "GET",
        "/api/v1/users/" + std::to_string(who.value) + "/asset-histories?from=2027-01-01&to=2027-12-31&interval=daily",
        "", AssetWorld::as(who));
    CHECK(answer.status == 200);
    std::vector<std::string> found;
    const auto points = answer.at("/data/points").as_array();
    for (const auto& point : points) found.emplace_back(point.at("date").as_string());
    found.emplace_back(answer.at("/data/latestChangedAt").as_string());
    return found;
  };
  CHECK(days_shown(user) ==
        std::vector<std::string>{"2027-01-15", "2027-01-16", "2027-02-04", "2027-02-04T08:00:00.000Z"});
  calendar.set(1, kNo, hours(1));
  CHECK(days_shown(user) == std::vector<std::string>{"2027-01-15", "2027-01-16", "2027-01-16T08:00:00.000Z"});
  CHECK(days_shown(born_ahead) == std::vector<std::string>{"2027-02-04", "2027-02-04T08:00:00.000Z"});
  const auto printed = world.command(world.asset_commands(), "show", {{"id", std::to_string(user.value)}});
  CHECK_THAT(printed, Catch::Contains("2027-01-16  ") && !Catch::Contains("2027-02-04"));
  CHECK_THAT(world.command(world.asset_commands(), "show", {{"id", std::to_string(born_ahead.value)}}),
             Catch::Contains("2027-02-04  10000000  BLUE"));
}

TEST_CASE("An upgrade in the middle of an outage makes up what was missed") {
  Calendar calendar(ON_EACH_DATABASE());
  auto& world = calendar.world;
  const auto user = world.account(0);
  for (const int day : {1, 2, 3}) {
    calendar.set(day, kYes);
    calendar.run();
  }
  calendar.set(6, kYes);
  const auto signed_up = world.account(0);  // the outage is the extension's: people come
  const auto ahead = GENERATE(false, true);
  CAPTURE(ahead);
  if (ahead) {  // the version before was here too, by a clock that was ahead
    calendar.set(60, kNo);
    calendar.run();
    calendar.set(7, kNo);
  }
  world.execute("DELETE FROM asset_days");  // as it is right after the upgrade
  calendar.set(9, kNo);
  CHECK_THAT(calendar.run(), Catch::Contains("5 missed days wait"));
  CHECK(world.amount(user) == world.source->updated(user, world.today(), calendar.amount_on(user, 3)));
  calendar.set(10, kYes);
  CHECK_THAT(calendar.run(), Catch::Contains("5 days made up from 2027-01-19 on"));
  CHECK(calendar.days_of(user) == all({{0, 10}}));
  CHECK(calendar.days_of(signed_up) == all({{6, 10}}));
  calendar.check_current();
}

TEST_CASE("Right after an upgrade a clock that is behind begins no book") {
  Calendar calendar(ON_EACH_DATABASE());
  auto& world = calendar.world;
  const auto user = world.account(0);
  for (const int day : {1, 2, 3, 4, 5, 6}) {
    calendar.set(day, kYes);
    calendar.run();
  }
  world.execute("DELETE FROM asset_days");
  for (const int day : {2, -400}) {
    calendar.set(day, kNo);
    calendar.run();
    CHECK(world.number("SELECT COUNT(*) FROM asset_days") == 0);
  }
  calendar.set(8, kNo);
  CHECK_THAT(calendar.run(), Catch::Contains("1 day made up"));
  CHECK(calendar.days_of(user) == all({{0, 8}}));
}

TEST_CASE("A backfill of everybody begins the book anew") {
  Calendar calendar(ON_EACH_DATABASE());
  auto& world = calendar.world;
  const auto user = world.account(0);
  calendar.set(1, kNo);
  calendar.run();
  calendar.set(30, kNo);
  CHECK_THAT(calendar.run(), Catch::Contains("28 missed"));
  backfill(world.database, *world.source, world.clock, {10, world.today(), std::nullopt}, [] { return true; });
  calendar.set(30, kYes);
  CHECK(calendar.make_up() == "nothing to do");
  const auto rows = world.history(user);
  CHECK(rows[rows.size() - 10].second == core::accounts::kFirstAmount);
  calendar.set(33, kYes);
  CHECK_THAT(calendar.run(), Catch::Contains("2 days made up"));
  CHECK(world.history(user)[rows.size() - 10].second == core::accounts::kFirstAmount);
}

TEST_CASE(
    "The job that looks for what was missed writes nothing when there is nothing, and takes the refresh's lease") {
  Calendar calendar(ON_EACH_DATABASE());
  auto& world = calendar.world;
  const auto user = world.account(0);
  calendar.set(1, kNo);
  calendar.run();
  CHECK(*world.scheduler.run_now(kMakeUpJob) == "nothing to do");
  calendar.set(20, kNo);
  calendar.run();
  CHECK(*world.scheduler.run_now(kMakeUpJob) == "nothing to do");
  calendar.set(20, kYes);
  bool seen = false;
  world.source->meanwhile = [&] {
    if (!std::exchange(seen, true)) {
      const auto beside = world.scheduler.run_now(kRefreshJob);
      CHECK_FALSE(beside);
    }
  };
  CHECK_THAT(*world.scheduler.run_now(kMakeUpJob), Catch::Contains("18 days made up"));
  CHECK(seen);
  CHECK(calendar.days_of(user) == all({{0, 20}}));
  CHECK(*world.scheduler.run_now(kMakeUpJob) == "nothing to do");
}
