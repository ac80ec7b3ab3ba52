#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <random>
#include <set>

#include "saying.hpp"
#include "steps/day_rule.hpp"

// A walker who travels: what was truly walked, minute by minute, what devices told of it, and what the days come to.

using namespace dontgoback;
using namespace dontgoback::test;

namespace {

constexpr int kDays = 12;
constexpr std::int64_t kMinutes = std::int64_t{kDays} * kMinutesOfDay;
const time::Day kStart = day("2026-03-10");

std::int64_t floor_div(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

/// Minutes are from kStart, 00:00 UTC.
class Journey {
 public:
  Journey(unsigned seed, bool half_hours) : random(seed), walked_(kMinutes), offsets_(kMinutes) {
    auto offset = random_offset(half_hours);
    std::int64_t change = 0;
    while (change < kMinutes) {
      const auto until = change + 26 * 60 + below(60 * 60);
      for (auto minute = change; minute < std::min(until, kMinutes); ++minute) offsets_[minute] = offset;
      changes.push_back(until);
      change = until;
      offset = below(3) == 0 ? std::clamp<std::int64_t>(offset + (below(2) ? 60 : -60), -720, 840)
                             : random_offset(half_hours);
    }
    for (int spell = 0; spell < kDays * 10; ++spell) {
      const auto from = below(kMinutes), length = 1 + below(90);
      for (auto minute = from; minute < std::min(from + length, kMinutes); ++minute) walked_[minute] = 60 + below(80);
    }
  }

  std::int64_t below(std::int64_t n) { return static_cast<std::int64_t>(random() % static_cast<unsigned>(n)); }
  std::int64_t offset(std::int64_t minute) const { return offsets_[std::clamp<std::int64_t>(minute, 0, kMinutes - 1)]; }
  std::int64_t day_at(std::int64_t minute, std::int64_t offset) const {
    return floor_div(minute + offset, kMinutesOfDay);
  }
  std::int32_t walked(std::int64_t from, std::int64_t to) const {
    std::int32_t steps = 0;
    for (auto m = std::max<std::int64_t>(0, from); m < std::min(to, kMinutes); ++m) steps += walked_[m];
    return steps;
  }
  std::int32_t all() const { return walked(0, kMinutes); }
  void rest(std::int64_t from, std::int64_t to) {
    for (auto m = std::max<std::int64_t>(0, from); m < std::min(to, kMinutes); ++m) walked_[m] = 0;
  }
  std::map<std::int64_t, std::int32_t> by_day() const {
    std::map<std::int64_t, std::int32_t> days;
    for (std::int64_t m = 0; m < kMinutes; ++m) days[day_at(m, offset(m))] += walked_[m];
    return days;
  }

  std::mt19937 random;
  std::vector<std::int64_t> changes;

 private:
  std::int64_t random_offset(bool half_hours) { return half_hours ? (below(53) - 24) * 30 : (below(27) - 12) * 60; }

  std::vector<std::int32_t> walked_;
  std::vector<std::int64_t> offsets_;
};

struct Device {
  std::string name = "phone";
  Source source = Source::phone;
  bool hours = true;
  std::int64_t most_between = 180;             ///< minutes between two of its reports
  std::int64_t off_from = -1, off_until = -1;  ///< counts, and tells nothing
  std::optional<std::int64_t> zone{};          ///< keeps that one; else it has the walker's time
  std::set<std::int64_t> left_at_home{};       ///< hours since kStart in which it counts nothing
};

std::int32_t counted(const Journey& journey, const Device& device, std::int64_t from, std::int64_t to) {
  if (device.left_at_home.empty()) return journey.walked(from, to);
  std::int32_t steps = 0;
  for (auto m = from; m < to; ++m) {
    if (!device.left_at_home.contains(floor_div(m, 60))) steps += journey.walked(m, m + 1);
  }
  return steps;
}

Update report(const Journey& journey, const Device& device, std::int64_t now, std::int64_t label) {
  const auto offset = device.zone.value_or(journey.offset(now));
  const auto midnight = label * kMinutesOfDay - offset;
  const auto end = std::min(now, midnight + kMinutesOfDay);
  Update update{kStart + std::chrono::days(label),
                device.name,
                device.source,
                0,
                {},
                now,
                offset,
                time::Timestamp(kStart.date) + std::chrono::minutes(now)};
  if (!device.hours) {
    update.total = counted(journey, device, midnight, end);
    return update;
  }
  for (auto from = midnight; from < end; from += 60) {
    update.hours.push_back(counted(journey, device, from, std::min(from + 60, end)));
  }
  update.total = sum(update.hours);
  return update;
}

/// All that a device tells: at random moments, each time of the days since the last.
std::vector<Update> reports(Journey& journey, const Device& device) {
  std::vector<Update> updates;
  std::int64_t last = 0, now = 0;
  while (now < kMinutes) {
    now = std::min(now + 1 + journey.below(device.most_between), kMinutes);
    if (now >= device.off_from && now < device.off_until) now = std::min(device.off_until, kMinutes);
    const auto offset = device.zone.value_or(journey.offset(now));
    for (auto label = journey.day_at(last, offset); label <= journey.day_at(now - 1, offset); ++label) {
      updates.push_back(report(journey, device, now, label));
    }
    last = now;
  }
  return updates;
}

Diary told(const std::vector<Update>& updates) {
  Diary diary;
  const auto arrival = time::Timestamp(kStart.date) + std::chrono::minutes(kMinutes);
  for (const auto& update : updates) REQUIRE(diary.tell(update, arrival) != Telling::too_many);
  return diary;
}

std::map<std::int64_t, std::int32_t> days_of(const Diary& diary) {
  std::map<std::int64_t, std::int32_t> days;
  for (std::int64_t i = -3; i < kDays + 3; ++i) {
    const auto total = sum_of(kStart + std::chrono::days(i), diary.days).total;
    if (total > 0) days[i] = total;
  }
  return days;
}

std::int64_t all_of(const std::map<std::int64_t, std::int32_t>& days) {
  std::int64_t all = 0;
  for (const auto& [when, steps] : days) all += steps;
  return all;
}

}  // namespace

TEST_CASE("devices that tell hours: on any journey all days together are what was walked") {
  for (unsigned seed = 0; seed < 40; ++seed) {
    INFO("seed " << seed);
    Journey journey(seed, false);
    Device phone, watch{.name = "watch", .source = Source::watch};
    switch (seed % 4) {
      case 1:  // off for a week
        phone.off_from = 2 * kMinutesOfDay;
        phone.off_until = 9 * kMinutesOfDay;
        break;
      case 2:  // a watch that keeps the time of another zone
        watch.zone = (journey.below(27) - 12) * 60;
        break;
      case 3:  // each is left at home at times, never both
        for (std::int64_t hour = 0; hour < kDays * 24; ++hour) {
          (journey.below(2) ? phone : watch).left_at_home.insert(hour);
        }
        break;
      default:
        break;
    }
    auto updates = reports(journey, phone);
    const auto of_watch = reports(journey, watch);
    if (seed % 4 != 0) updates.insert(updates.end(), of_watch.begin(), of_watch.end());
    CHECK(all_of(days_of(told(updates))) == journey.all());
  }
}

TEST_CASE("a day is what was walked while the walker's clock showed it, where nobody walks as it changes") {
  for (unsigned seed = 100; seed < 130; ++seed) {
    INFO("seed " << seed);
    Journey journey(seed, false);
    for (const auto change : journey.changes) journey.rest(change - 121, change + 121);
    auto truth = journey.by_day();
    std::erase_if(truth, [](const auto& each) { return each.second == 0; });
    CHECK(days_of(told(reports(journey, {.most_between = 30}))) == truth);
  }
}

TEST_CASE("order and repetition change nothing") {
  for (unsigned seed = 200; seed < 215; ++seed) {
    INFO("seed " << seed);
    Journey journey(seed, seed % 2 == 0);
    auto updates = reports(journey, {.hours = seed % 3 != 0});
    const auto more = reports(journey, {.name = "watch", .source = Source::watch, .hours = seed % 3 != 1});
    updates.insert(updates.end(), more.begin(), more.end());
    const auto once = told(updates);
    auto again = updates;
    again.insert(again.end(), updates.begin(), updates.end());
    std::ranges::shuffle(again, journey.random);
    const auto turned = told(again);
    REQUIRE(once.days.size() == turned.days.size());
    for (std::size_t i = 0; i < once.days.size(); ++i) CHECK(once.days[i].told == turned.days[i].told);
    CHECK(days_of(once) == days_of(turned));
  }
}

TEST_CASE("who tells totals only is off by what lies between two measurements, at each change of the clock") {
  constexpr std::int64_t kBetween = 60;
  for (unsigned seed = 300; seed < 340; ++seed) {
    INFO("seed " << seed);
    Journey journey(seed, seed % 2 == 0);
    const auto found = all_of(days_of(told(reports(journey, {.hours = false, .most_between = kBetween}))));
    std::int64_t bound = 0;
    for (const auto change : journey.changes) {
      std::int32_t most = 0;  // between two kept measurements around a midnight of either clock
      for (auto m = change - 2 * kMinutesOfDay; m < change + 2 * kMinutesOfDay; m += 15) {
        most = std::max(most, journey.walked(m, m + 2 * kBetween));
      }
      bound += most;
    }
    CHECK(std::abs(found - journey.all()) <= bound);
    journey.changes.clear();
  }
}

TEST_CASE("who tells totals only and does not travel: the days are exactly what it told") {
  std::mt19937 random(1);
  Diary diary;
  for (int i = 0; i < 40; ++i) {
    const auto label = kStart + std::chrono::days(i % 8);
    diary.tell({label, "phone", Source::phone, static_cast<std::int32_t>(random() % 30'000), {}, i / 8, 540, {}},
               time::Timestamp(label.date) + std::chrono::hours(random() % 60));
  }
  for (const auto& label : diary.days) {
    CHECK(sum_of(label.day, diary.days).total == label.told.said.front().total);
  }
}

TEST_CASE("zones of half hours: off by an hour's steps at most, at each change of the clock") {
  for (unsigned seed = 400; seed < 430; ++seed) {
    INFO("seed " << seed);
    Journey journey(seed, true);
    const auto found = all_of(days_of(told(reports(journey, {}))));
    CHECK(std::abs(found - journey.all()) <= static_cast<std::int64_t>(journey.changes.size()) * 2 * 140 * 60);
  }
}
