#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

#include "recording.hpp"
#include "steps/day_rule.hpp"

using namespace dontgoback;
using namespace dontgoback::test;

namespace {

Update random_update(std::mt19937& random) {
  constexpr std::array<std::int64_t, 4> kOffsets{540, -480, 60, 330};
  Update update{day("2026-02-10") + std::chrono::days(random() % 14),
                std::string(1, static_cast<char>('a' + random() % 3)),
                static_cast<Source>(1 + random() % 3),
                0,
                {},
                static_cast<std::int64_t>(random() % 40),
                {},
                {}};
  if (random() % 5 != 0) update.offset_minutes = random() % 3 ? 540 : kOffsets[random() % kOffsets.size()];
  if (random() % 2) {
    update.hours.resize(random() % 25);
    for (auto& steps : update.hours) steps = static_cast<std::int32_t>(random() % 900);
  }
  update.total = sum(update.hours) + static_cast<std::int32_t>(random() % 300);
  update.measured_at = time::Timestamp(update.day.date) + std::chrono::minutes(random() % 2400);
  return update;
}

Days expected(const Diary& diary) {
  Days days;
  for (std::int64_t i = -5; i < 25; ++i) {
    const auto when = day("2026-02-10") + std::chrono::days(i);
    const auto total = sum_of(when, diary.days).total;
    const auto is_told = std::ranges::any_of(diary.days, [when](const ToldDay& told) { return told.day == when; });
    if (total > 0 || is_told) days[time::to_string(when)] = total;
  }
  return days;
}

}  // namespace

TEST_CASE("rows come to what the rule says of all that was told, whichever way it came") {
  Recording here(ON_EACH_DATABASE());
  std::mt19937 random(3);
  const int rounds = here.database.dialect() == storage::Dialect::sqlite ? 40 : 8;
  for (int round = 0; round < rounds; ++round) {
    INFO("round " << round);
    const auto walker = add_walker(here.database);
    Diary diary;
    for (int call = 0; call < 25; ++call) {
      std::vector<Update> updates;
      for (unsigned i = 0; i < 1 + random() % 4; ++i) updates.push_back(random_update(random));
      for (const auto& update : updates) diary.tell(update, here.clock.now());
      REQUIRE(here.recorder.record(walker, updates));
      if (call % 6 == 0) CHECK(here.days_of(walker) == expected(diary));
    }
    CHECK(here.days_of(walker) == expected(diary));
  }
}

TEST_CASE("a flight changes the days around it, and each is told of once") {
  Recording here(ON_EACH_DATABASE());
  const auto walker = add_walker(here.database);
  here.clock.set(at("2026-03-02", 12));
  const auto flies = [&](bool in_order) {
    std::vector<Saying> told{{.date = "2026-03-01",
                              .hours = hour(21, 5000),
                              .version = 1,
                              .offset = 540,
                              .measured = at("2026-03-01", 23, 0, 540)},
                             {.date = "2026-03-02",
                              .hours = hour(1, 50),
                              .version = 1,
                              .offset = 540,
                              .measured = at("2026-03-02", 2, 0, 540)},
                             {.date = "2026-03-01",
                              .hours = hour(16, 2000),
                              .version = 2,
                              .offset = -480,
                              .measured = at("2026-03-01", 18, 0, -480)}};
    if (!in_order) std::ranges::reverse(told);
    for (const auto& saying : told) REQUIRE(here.record(walker, {saying}));
  };
  SECTION("in order") { flies(true); }
  SECTION("backwards") { flies(false); }
  CHECK(here.days_of(walker) == Days{{"2026-03-01", 7000}, {"2026-03-02", 50}});
  CHECK(here.offset_of(walker) == -480);
  // A retry of all of it changes nothing.
  const int times = here.listener.times;
  flies(true);
  CHECK(here.listener.times == times);
}
