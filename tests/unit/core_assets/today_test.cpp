#include "core/assets/today.hpp"

#include <catch2/catch.hpp>

#include "core/assets/facts.hpp"

using namespace dontgoback;
using namespace dontgoback::core::assets;

namespace {

Move move(std::int64_t user, std::int64_t hundredths, std::int64_t amount = 1) {
  return {UserId{user}, Won{amount}, Multiplier{}, hundredths};
}

std::vector<std::int64_t> users(const Movers& movers) {
  std::vector<std::int64_t> found;
  for (const auto& each : movers.in_order()) found.push_back(each.user.value);
  return found;
}

time::Day day(int number) { return time::Day{} + std::chrono::days(number); }

}  // namespace

TEST_CASE("Who rose most comes first, of two alike the richer, then the older account, in whatever order they come") {
  const std::vector<Move> all{move(1, 5), move(2, 500, 7), move(3, 500, 9), move(4, 500, 7), move(5, -3), move(6, 0)};
  Movers rises(Side::rises), falls(Side::falls), backwards(Side::rises);
  for (const auto& each : all) {
    rises.add(each);
    falls.add(each);
  }
  for (auto each = all.rbegin(); each != all.rend(); ++each) backwards.add(*each);
  CHECK(users(rises) == std::vector<std::int64_t>{3, 2, 4, 1});
  CHECK(users(backwards) == users(rises));
  CHECK(users(falls) == std::vector<std::int64_t>{5});
}

TEST_CASE("Of many movers the first few are kept") {
  Movers falls(Side::falls);
  for (int i = 1; i <= 1000; ++i) falls.add(move(i, -i));
  const auto kept = falls.in_order();
  REQUIRE(kept.size() == Movers::kKept);
  CHECK(kept.front() == move(1000, -1000));
  CHECK(kept.back().hundredths == -1000 + static_cast<int>(Movers::kKept) - 1);
}

TEST_CASE("Who is among the first so many per cent counts those who have as much") {
  Spread spread;
  for (int i = 1; i <= 100; ++i) spread.add(Won{i});
  const auto steps = spread.steps();
  REQUIRE(steps.size() == 100);
  CHECK(steps.front() == Step{Won{1}, 100});
  CHECK(steps.back() == Step{Won{100}, 1});

  Spread alike;
  for (int i = 0; i < 50; ++i) alike.add(Won{10'000'000});
  REQUIRE(alike.steps().size() == 1);
  CHECK(alike.steps().front().per_cent == 100);
  CHECK(alike.steps().front().at_least <= Won{10'000'000});
  CHECK(alike.steps().front().at_least > Won{9'990'000});

  alike.add(Won{10'500'000});
  CHECK(alike.steps().back().per_cent == 2);
}

TEST_CASE("Fortunes of any size have a place") {
  Spread spread;
  for (const auto amount : {std::int64_t{0}, std::int64_t{1}, std::int64_t{9}, std::int64_t{10}, Won::kMax}) {
    for (int i = 0; i < 20; ++i) spread.add(Won{amount});
  }
  const auto cells = spread.cells();
  REQUIRE(cells.size() > 3);
  CHECK(cells[0] == Cell{Won{0}, 60});
  CHECK(cells[1] == Cell{Won{10}, 20});
  CHECK(cells[2] == Cell{Won{11}, 0});
  CHECK(cells.back() == Cell{Won{8'200'000'000'000'000}, 20});
  CHECK(spread.steps().size() == 5);
}

TEST_CASE("A cell of fewer than twenty is one with its neighbours") {
  Spread spread;
  const auto add = [&](int how_many, std::int64_t amount) {
    for (int i = 0; i < how_many; ++i) spread.add(Won{amount});
  };
  add(1, 3'000'000);
  add(19, 9'500'000);
  add(40, 10'000'000);
  add(19, 11'500'000);
  add(1, 900'000'000);
  CHECK(spread.cells() == std::vector<Cell>{{Won{3'000'000}, 20}, {Won{10'000'000}, 40}, {Won{11'000'000}, 20}});
  add(18, 900'000'000);
  CHECK(spread.cells().back() == Cell{Won{11'000'000}, 38});
  add(1, 11'000'000);
  const auto last = spread.cells().back();
  CHECK(last.at_least == Won{11'000'000});
  CHECK(last.accounts == 39);
  CHECK(Spread().cells().empty());
}

TEST_CASE("What there is to say of a series") {
  CHECK_FALSE(facts_of({}).has_value());
  const Multiplier up{Multiplier::kOne + 1}, down{Multiplier::kOne - 1};
  const std::vector<Snapshot> series{{day(3), Won{10}, Multiplier{}}, {day(4), Won{12}, up}, {day(5), Won{12}, up},
                                     {day(6), Won{9}, down},          {day(9), Won{11}, up}, {day(10), Won{9}, down},
                                     {day(11), Won{9}, Multiplier{}}};
  const auto facts = facts_of(series);
  REQUIRE(facts.has_value());
  CHECK(facts->since == day(3));
  CHECK(facts->days_up == 3);
  CHECK(facts->days_down == 2);
  CHECK(facts->highest.day == day(4));
  CHECK(facts->lowest.day == day(6));
}
