#include "steps/told.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

#include "saying.hpp"

using namespace dontgoback;
using namespace dontgoback::test;

namespace {

Told two_devices() {
  Diary diary;
  diary.tell({.date = "2026-03-01", .total = 120, .version = 1, .measured = at("2026-03-01", 8, 5, 540)});
  diary.tell({.date = "2026-03-01", .total = 900, .version = 2, .measured = at("2026-03-01", 9, 50, 540)});
  diary.tell({.date = "2026-03-01", .device = "watch", .source = Source::watch, .hours = {0, 0, 7, 800}, .version = 9});
  diary.tell({.date = "2026-03-01", .device = "grpc", .source = Source::first_release, .total = 5});
  return diary.days.front().told;
}

}  // namespace

TEST_CASE("what was told is read as it was written") {
  const auto told = two_devices();
  CHECK(decode(encode(told)) == told);
  CHECK(decode(encode({})) == Told{});
  CHECK(encode(told).size() < 100);
}

TEST_CASE("bytes that nobody wrote are not read, and never read past their end") {
  const auto whole = encode(two_devices());
  for (std::size_t size = 0; size < whole.size(); ++size) CHECK_FALSE(decode(whole.substr(0, size)));
  CHECK_FALSE(decode(whole + '\0'));
  CHECK_FALSE(decode("\x02"));
  std::mt19937 random(7);
  for (int i = 0; i < 20'000; ++i) {
    auto changed = whole;
    for (int n = 0; n < 3; ++n) changed[random() % changed.size()] = static_cast<char>(random());
    const auto read = decode(changed);
    if (read) CHECK(encode(*read) == changed);
  }
}

TEST_CASE("the last version of a device stands, whatever comes when") {
  std::vector<Saying> sayings{{.date = "2026-03-01", .total = 100, .version = 1},
                              {.date = "2026-03-01", .total = 5000, .version = 2},
                              {.date = "2026-03-01", .total = 4000, .version = 3},
                              {.date = "2026-03-01", .total = 4100, .version = 3}};
  std::ranges::sort(sayings, {}, &Saying::total);
  do {
    Diary diary;
    for (const auto& saying : sayings) diary.tell(saying);
    for (const auto& saying : sayings) CHECK(diary.tell(saying) == Telling::nothing);
    const auto& said = diary.days.front().told.said;
    REQUIRE(said.size() == 1);
    CHECK(said.front().version == 3);
    CHECK(said.front().total == 4100);
  } while (std::ranges::next_permutation(sayings, {}, &Saying::total).found);
}

TEST_CASE("an older update that says when it was counted still tells of that hour") {
  Diary in_order, turned;
  const Saying morning{.date = "2026-03-01", .total = 100, .version = 1, .measured = at("2026-03-01", 8, 0, 540)};
  const Saying evening{.date = "2026-03-01", .total = 5000, .version = 2, .measured = at("2026-03-01", 20, 0, 540)};
  in_order.tell(morning);
  in_order.tell(evening);
  turned.tell(evening);
  CHECK(turned.tell(morning) == Telling::changed);
  CHECK(turned.days.front().told == in_order.days.front().told);
  CHECK(turned.days.front().told.said.front().points == std::vector<Checkpoint>{{480, 100}, {1200, 5000}});
}

TEST_CASE("a moment to come counts as when it came") {
  Diary diary;
  auto update = Saying{.date = "2026-03-01", .total = 100, .measured = at("2031-01-01", 0)}.update();
  diary.tell(update, at("2026-03-01", 9, 30, 540));
  CHECK(diary.days.front().told.said.front().measured == 9 * 60 + 30);
}

TEST_CASE("a day has room for so many devices, and for some offsets of each") {
  Diary diary;
  const auto say = [&](int device, std::int64_t offset) {
    return diary.tell({.date = "2026-03-01", .device = "d" + std::to_string(device), .total = 1, .offset = offset});
  };
  for (std::size_t i = 0; i < kMostDevices; ++i) CHECK(say(static_cast<int>(i), 0) == Telling::changed);
  CHECK(say(99, 0) == Telling::too_many);
  CHECK(say(3, 60) == Telling::changed);
  const auto offsets = [&] {
    std::size_t taken = 0;
    for (int offset = -720; offset < 840; offset += 15) taken += say(3, offset) != Telling::too_many ? 1 : 0;
    return taken;
  };
  offsets();
  CHECK(diary.days.front().told.said.size() == kMostSaid);
  CHECK(decode(encode(diary.days.front().told)) == diary.days.front().told);
}

TEST_CASE("what was taken back comes again with a later version only") {
  Diary diary;
  const Saying said{.date = "2026-03-01", .total = 100, .version = 4};
  diary.tell(said);
  auto& told = diary.days.front().told;
  CHECK(take_back(told, "phone"));
  CHECK_FALSE(take_back(told, "phone"));
  CHECK_FALSE(take_back(told, "watch"));
  CHECK(diary.tell(said) == Telling::nothing);
  CHECK(told.said.front().taken_back);
  CHECK(diary.tell({.date = "2026-03-01", .total = 70, .version = 5}) == Telling::changed);
  CHECK(told.said.front().total == 70);
  CHECK_FALSE(told.said.front().taken_back);
}

TEST_CASE("RecordSteps: a lower total is a repeat within ten minutes, and later a counter that began anew") {
  Diary diary;
  const auto told = [&](std::int32_t steps, time::Timestamp when) {
    diary.tell({day("2026-03-01"), "grpc", Source::first_release, steps, {}, 0, {}, {}}, when);
    return diary.days.front().told.said.front().total;
  };
  const auto start = at("2026-03-01", 9);
  using std::chrono::minutes;
  CHECK(told(100, start) == 100);
  CHECK(told(100, start + minutes(20)) == 100);  // stood still
  CHECK(told(250, start + minutes(30)) == 250);
  CHECK(told(100, start + minutes(39)) == 250);  // a repeat
  CHECK(told(10, start + minutes(40)) == 260);   // began anew
  CHECK(told(300, start + minutes(41)) == 550);
  CHECK(told(0, start + minutes(60)) == 550);
  CHECK(told(0, start + minutes(61)) == 550);
  CHECK(told(1, start + minutes(62)) == 551);
  SECTION("a wrong clock in between stops nothing") {
    CHECK(told(5, start + minutes(60) + std::chrono::hours(24 * 365)) == 555);
    CHECK(told(3, start + minutes(120)) == 555);
    CHECK(told(3, start + minutes(131)) == 558);
  }
  SECTION("more than a day can have is a day's most") { CHECK(told(kMostSteps, start + minutes(63)) == kMostSteps); }
}
