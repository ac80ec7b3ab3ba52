#include "core/assets/refresh.hpp"

#include "support/core/asset_world.hpp"

using namespace dontgoback;
using namespace dontgoback::core::accounts;
using namespace dontgoback::core::assets;
using namespace dontgoback::test;
using std::chrono::days;

namespace {

RefreshResult refresh(AssetWorld& world, time::Day day) {
  const AssetRefresh work(world.database, world.source, world.clock, world.zone, world.metrics);
  return work.run(day, {.stop = {}, .keep_alive = [] { return true; }});
}

void check_counts(const RefreshResult& result, std::int64_t success, std::int64_t failed) {
  CHECK(result.success == success);
  CHECK(result.failed == failed);
  CHECK(result.total == success + failed);
}

}  // namespace

TEST_CASE("A refresh gives every active account without one its row of the day, once") {
  AssetWorld world(ON_EACH_DATABASE());
  const auto users = world.accounts(130);  // more than the widest statement, with a rest of each width
  const auto new_today = world.account(0);
  const auto inactive = world.account();
  world.execute("UPDATE accounts SET status = 1 WHERE id = " + std::to_string(inactive.value));
  const auto today = world.today();
  const auto changes = world.number("SELECT changes FROM name_countings");

  check_counts(refresh(world, today), 130, 0);
  CHECK(world.number("SELECT changes FROM name_countings") > changes);  // how names were counted holds no more
  for (const auto user : users) {
    const auto updated = world.source->updated(user, today, kFirstAmount);
    REQUIRE(world.amount(user) == updated);
    REQUIRE(world.history(user) ==
            std::vector<std::pair<time::Day, Won>>{{today - days(1), kFirstAmount}, {today, updated}});
  }
  CHECK(world.history(new_today).size() == 1);
  CHECK(world.amount(new_today) == kFirstAmount);
  CHECK(world.history(inactive).size() == 1);

  const auto calls = world.source->calls.load();
  check_counts(refresh(world, today), 0, 0);
  CHECK(world.source->calls == calls);

  check_counts(refresh(world, today + days(1)), 131, 0);
  const auto first = world.source->updated(users[0], today, kFirstAmount);
  CHECK(world.amount(users[0]) == world.source->updated(users[0], today + days(1), first));
}

TEST_CASE("Accounts whose change cannot be had are reported, and the next run does them") {
  AssetWorld world(ON_EACH_DATABASE());
  const auto users = world.accounts(60);
  const auto today = world.today();
  world.source->is_away = [](UserId user) { return user.value % 3 == 0; };
  check_counts(refresh(world, today), 40, 20);
  for (const auto user : users) {
    const bool done = user.value % 3 != 0;
    REQUIRE(world.history(user).size() == (done ? 2 : 1));
    REQUIRE((world.amount(user) == kFirstAmount) == (!done || world.history(user)[1].second == kFirstAmount));
  }
  world.source->is_away = [](UserId) { return false; };
  check_counts(refresh(world, today), 20, 0);
  for (const auto user : users) {
    REQUIRE(world.amount(user) == world.source->updated(user, today, kFirstAmount));
  }
  check_counts(refresh(world, today), 0, 0);
}

TEST_CASE("A source that is away altogether is not asked for every slice") {
  AssetWorld world(ON_EACH_DATABASE());
  world.accounts(4100);
  world.source->is_away = [](UserId) { return true; };
  check_counts(refresh(world, world.today()), 0, 4100);
  CHECK(world.source->calls == 6);  // three slices, twice each
  CHECK(world.number("SELECT COUNT(*) FROM asset_snapshots") == 4100);

  // One that recovers between two slices is asked on.
  world.source->calls = 0;
  world.source->is_away = [](UserId user) { return user.value <= 1000; };
  check_counts(refresh(world, world.today()), 3100, 1000);
}

TEST_CASE("Without any source every account fails") {
  AssetWorld world(ON_EACH_DATABASE());
  world.accounts(3);
  const AssetRefresh work(world.database, nullptr, world.clock, world.zone, world.metrics);
  check_counts(work.run(world.today(), {.stop = {}, .keep_alive = [] { return true; }}), 0, 3);
}

TEST_CASE("A past day goes on from the day before it and leaves today's amount alone") {
  AssetWorld world(ON_EACH_DATABASE());
  const auto old = world.account(5);
  const auto young = world.account(1);  // did not exist on the day asked for
  const auto today = world.today();
  check_counts(refresh(world, today), 2, 0);
  const auto current = world.amount(old);

  check_counts(refresh(world, today - days(3)), 1, 0);
  CHECK(world.amount(old) == current);
  CHECK(world.history(old)[1] == std::pair(today - days(3), world.source->updated(old, today - days(3), kFirstAmount)));
  CHECK(world.history(young).size() == 2);
}

TEST_CASE("An account that leaves while its change is asked for gets no row, and the others get theirs") {
  AssetWorld world(ON_EACH_DATABASE());
  const auto users = world.accounts(12);
  world.source->meanwhile = [&] {
    world.execute("DELETE FROM accounts WHERE id = " + std::to_string(users[3].value));
    world.execute("UPDATE accounts SET status = 2 WHERE id = " + std::to_string(users[7].value));
  };
  refresh(world, world.today());
  const auto day = std::to_string(world.today().number());
  CHECK(world.number("SELECT COUNT(*) FROM asset_snapshots WHERE day = " + day) == 10);
  CHECK(world.history(users[7]).size() == 1);
  CHECK(world.amount(users[7]) == kFirstAmount);
}

TEST_CASE("A run that is told to stop says so and keeps what was written") {
  AssetWorld world(ON_EACH_DATABASE());
  world.accounts(1500);
  const AssetRefresh work(world.database, world.source, world.clock, world.zone, world.metrics);
  int slices = 0;
  CHECK_THROWS_AS(work.run(world.today(), {.stop = {}, .keep_alive = [&] { return ++slices < 2; }}), Unavailable);
  const auto day = std::to_string(world.today().number());
  CHECK(world.number("SELECT COUNT(*) FROM asset_snapshots WHERE day = " + day) == 1000);
  check_counts(refresh(world, world.today()), 500, 0);
}

TEST_CASE("The job refreshes today, and fails when accounts are left so that it is tried again") {
  AssetWorld world(ON_EACH_DATABASE());
  const auto user = world.account();
  world.source->is_away = [](UserId) { return true; };
  CHECK_THROWS(world.scheduler.run_now("asset-refresh"));
  world.source->is_away = [](UserId) { return false; };
  CHECK(world.scheduler.run_now("asset-refresh"));
  CHECK(world.amount(user) == world.source->updated(user, world.today(), kFirstAmount));
}
