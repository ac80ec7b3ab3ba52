#include "core/assets/assets.hpp"
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

std::int64_t rows_of(AssetWorld& world, time::Day day) {
  return world.number("SELECT COUNT(*) FROM asset_snapshots WHERE day = " + std::to_string(day.number()));
}

/// 1 000 in the first slice with some that were made on the day `young_day`, more behind them.
struct Crowd {
  explicit Crowd(AssetWorld& world, std::vector<int> young_at, int behind = 30) {
    for (int i = 0; i < kSliceSize; ++i) {
      const bool is_young = std::ranges::find(young_at, i) != young_at.end();
      (is_young ? young : old).push_back(world.account(is_young ? 0 : 3));
    }
    for (const auto user : world.accounts(behind, 3)) old.push_back(user);
  }
  static constexpr int kSliceSize = 1000;
  std::vector<UserId> old, young;
};

}  // namespace

TEST_CASE("A full slice with accounts that are too young for the day is followed by the next") {
  AssetWorld world(ON_EACH_DATABASE());
  const auto young_at = GENERATE(std::vector{0}, std::vector{999}, std::vector{17, 500, 998});
  const Crowd crowd(world, young_at);
  const auto yesterday = world.today() - days(1);
  const auto done = static_cast<std::int64_t>(crowd.old.size());

  const auto result = refresh(world, yesterday);
  CHECK(result.success == done);
  CHECK(result.failed == 0);
  CHECK(result.total == done);
  CHECK(rows_of(world, yesterday) == done);
  for (const auto user : crowd.young) CHECK(world.history(user).size() == 1);
  CHECK(refresh(world, yesterday).total == 0);
}

TEST_CASE("Who is too young is no failure when the source is away, and who is behind them is one") {
  AssetWorld world(ON_EACH_DATABASE());
  const Crowd crowd(world, {0, 3, 999});
  world.source->is_away = [](UserId) { return true; };
  const auto yesterday = world.today() - days(1);
  const auto all = static_cast<std::int64_t>(crowd.old.size());
  CHECK(refresh(world, yesterday).failed == all);

  // Also when it goes away in between.
  int calls = 0;
  world.source->meanwhile = [&] { ++calls; };
  world.source->is_away = [&](UserId) { return calls > 1; };
  const auto result = refresh(world, yesterday);
  CHECK(result.success == static_cast<std::int64_t>(Crowd::kSliceSize - crowd.young.size()));
  CHECK(result.failed == 30);
  world.source->is_away = [](UserId) { return false; };
  CHECK(refresh(world, yesterday).success == 30);
}

TEST_CASE("A slice of nobody but the too young is followed by the next") {
  AssetWorld world(ON_EACH_DATABASE());
  const auto young = world.accounts(1000, 0);
  const auto old = world.accounts(5, 3);
  const auto yesterday = world.today() - days(1);
  CHECK(refresh(world, yesterday).success == 5);
  CHECK(world.history(young.front()).size() == 1);
  CHECK(world.history(old.front()).size() == 2);
}

TEST_CASE("A source that fails for whole slices between good ones is asked for all") {
  AssetWorld world(ON_EACH_DATABASE());
  world.accounts(4000);
  const auto first = world.number("SELECT MIN(id) FROM accounts");
  // The first, the third and the fourth slice fail: never three in a row.
  world.source->is_away = [&](UserId user) { return (user.value - first) / 1000 != 1; };
  const auto result = refresh(world, world.today());
  CHECK(result.success == 1000);
  CHECK(result.failed == 3000);
  CHECK(world.source->calls == 2 + 1 + 2 + 2);
}

TEST_CASE("Exactly a full slice, and one more") {
  AssetWorld world(ON_EACH_DATABASE());
  const int more = GENERATE(0, 1);
  world.accounts(1000 + more);
  const auto result = refresh(world, world.today());
  CHECK(result.success == 1000 + more);
  CHECK(world.source->calls == (more == 0 ? 1 : 2));
}

TEST_CASE("Missed days are made up past a full slice with accounts that were not there yet") {
  AssetWorld world(ON_EACH_DATABASE());
  const auto early = world.accounts(1);
  REQUIRE(world.scheduler.run_now("asset-refresh"));
  world.clock.advance(std::chrono::hours(24));
  const auto missed = world.today();
  const auto old = world.accounts(998, 1);
  world.clock.advance(std::chrono::hours(24));
  const auto young = world.accounts(3, 0);  // one in the full slice, two behind it
  const auto late = world.accounts(20, 2);
  REQUIRE(world.scheduler.run_now("asset-refresh"));
  CHECK(rows_of(world, missed) == 1 + 998 + 20);
  CHECK(rows_of(world, world.today()) == 1 + 998 + 3 + 20);
  const auto whole = [&](UserId user, int rows) {
    const auto history = world.history(user);
    CHECK(history.size() == static_cast<std::size_t>(rows));
    CHECK(world.amount(user) == history.back().second);
  };
  whole(early.front(), 4);
  whole(old.back(), 3);
  whole(young.back(), 1);
  whole(late.back(), 3);
}

TEST_CASE("Of an account whose source fails in the middle of its missed days none is written, and all are later") {
  AssetWorld world(ON_EACH_DATABASE());
  const auto left_out = world.account();
  const auto done = world.account();
  REQUIRE(world.scheduler.run_now("asset-refresh"));
  const auto before = world.history(left_out);
  const auto amount = world.amount(left_out);
  world.clock.advance(std::chrono::hours(3 * 24));  // two days are missed
  world.source->calls = 0;
  world.source->is_away = [&](UserId user) { return user == left_out && world.source->calls > 1; };
  CHECK_THROWS_AS(world.scheduler.run_now("asset-refresh").value(), Unavailable);
  CHECK(world.history(left_out) == before);
  CHECK(world.amount(left_out) == amount);
  CHECK(world.history(done).size() == before.size() + 3);

  world.source->is_away = [](UserId) { return false; };
  REQUIRE(world.scheduler.run_now("asset-refresh"));
  for (const auto user : {left_out, done}) {
    const auto history = world.history(user);
    REQUIRE(history.size() == before.size() + 3);
    for (std::size_t i = before.size(); i < history.size(); ++i) {
      const auto [day, now] = history[i];
      CHECK(day == history[i - 1].first + days(1));
      CHECK(now == world.source->updated(user, day, history[i - 1].second));
    }
    CHECK(world.amount(user) == history.back().second);
  }
}
