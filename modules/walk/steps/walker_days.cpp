#include "walker_days.hpp"

#include <algorithm>
#include <set>

#include "day_rule.hpp"
#include "walker_clock.hpp"

namespace dontgoback::walk::steps {
namespace {

constexpr std::chrono::days kAround{2 * kReach};  // what a day is made of, of each that an update may change

constexpr Failure kTooMany{
    FailureKind::invalid,
    {"하루에 기록할 수 있는 기기 수를 넘었습니다. (`device`)", "No more devices can tell of that day (`device`)."}};

time::Day utc_day(time::Timestamp now) { return {std::chrono::floor<std::chrono::days>(now)}; }

bool is_near(time::Day day, time::Day other) { return std::abs(day.number() - other.number()) <= 1; }

/// The offset of all that tell one; they tell the same.
std::optional<std::int64_t> offset_of(const Told& told) {
  for (const auto& said : told.said) {
    if (said.offset_minutes) return said.offset_minutes;
  }
  return std::nullopt;
}

}  // namespace

WalkerDays::WalkerDays(storage::Connection& connection, WalkerId walker, std::span<const time::Day> days)
    : connection_(connection),
      walker_(walker),
      first_(*std::ranges::min_element(days)),
      last_(*std::ranges::max_element(days)) {
  auto holder = hold(connection, walker, first_, kAround.count());
  if (!holder || holder->status != walkers::Status::active) {
    refused_ = walkers::kNoWalker;
    return;
  }
  if (!holder->shares_steps) {
    refused_ = walkers::kNoConsent;
    return;
  }
  offset_minutes_ = holder->offset_minutes;
  if (holder->row) entries_.push_back({*std::move(holder->row)});
  if (first_ != last_ || (entries_.empty() && holder->has_days_beside)) {
    read_around();
  } else {
    is_around_read_ = entries_.empty();
  }
}

void WalkerDays::read_around() {
  std::vector<Entry> entries;
  for (auto& row : rows_between(connection_, walker_, first_ - kAround, last_ + kAround)) {
    entries.push_back({std::move(row)});
  }
  for (auto& known : entries_) {  // maybe changed since
    const auto place = std::ranges::lower_bound(entries, known.row.day, {}, &Entry::day_of);
    if (place != entries.end() && place->row.day == known.row.day) {
      *place = std::move(known);
    } else {
      entries.insert(place, std::move(known));
    }
  }
  entries_ = std::move(entries);
  is_around_read_ = true;
}

WalkerDays::Entry* WalkerDays::find(time::Day day) {
  const auto place = std::ranges::lower_bound(entries_, day, {}, &Entry::day_of);
  return place != entries_.end() && place->row.day == day ? &*place : nullptr;
}

WalkerDays::Entry& WalkerDays::entry(time::Day day) {
  const auto place = std::ranges::lower_bound(entries_, day, {}, &Entry::day_of);
  if (place != entries_.end() && place->row.day == day) return *place;
  Entry made;
  made.row.day = day;
  return *entries_.insert(place, std::move(made));
}

/// Whether nothing around the day changes by it, nor changes it.
bool WalkerDays::stands_alone(const Update& update) {
  if (is_around_read_) return true;
  const auto* known = find(update.day);
  if (known == nullptr || !known->row.plain) return false;
  return !update.offset_minutes || update.offset_minutes == offset_of(known->row.told);
}

std::optional<Failure> WalkerDays::tell(std::span<const Update> updates, time::Timestamp arrival) {
  if (!std::ranges::all_of(updates, [this](const Update& update) { return stands_alone(update); })) read_around();
  std::optional<std::vector<Entry>> before;
  const auto may_be_full = [&](const Update& update) {
    const auto* known = find(update.day);
    return (known == nullptr ? 0 : known->row.told.said.size()) + updates.size() > kMostDevices;
  };
  if (std::ranges::any_of(updates, may_be_full)) before = entries_;
  for (const auto& update : updates) {
    auto& told = entry(update.day);
    switch (steps::tell(told.row.told, update, arrival)) {
      case Telling::nothing:
        break;
      case Telling::changed:
        told.touched = true;
        break;
      case Telling::too_many:
        entries_ = *std::move(before);
        return kTooMany;
    }
  }
  return std::nullopt;
}

bool WalkerDays::take_back(time::Day day, std::string_view device) {
  auto* known = find(day);
  if (known == nullptr || !steps::take_back(known->row.told, device)) return false;
  if (!is_around_read_ && !known->row.plain) {
    known->touched = true;
    read_around();
    return true;
  }
  known->touched = true;
  return true;
}

void WalkerDays::take_over(const Row& row) {
  auto& mine = entry(row.day);
  for (const auto& theirs : row.told.said) {
    auto& said = mine.row.told.said;
    const auto place =
        std::ranges::lower_bound(said, std::tie(theirs.device, theirs.offset_minutes), {},
                                 [](const Said& each) { return std::tie(each.device, each.offset_minutes); });
    if (place == said.end() || place->device != theirs.device || place->offset_minutes != theirs.offset_minutes) {
      if (said.size() >= kMostSaid) continue;
      said.insert(place, theirs);
    } else if (std::tie(place->version, place->total) < std::tie(theirs.version, theirs.total)) {
      *place = theirs;
    } else {
      continue;
    }
    mine.touched = true;
  }
}

void WalkerDays::settle(const Limits& limits, time::Timestamp now, std::vector<Listener::Change>& changes) {
  follow_the_clock(now);
  const Making making{limits, now, changes};
  std::optional<std::int64_t> offset;
  bool of_one = true;
  for (const auto& each : entries_) {
    for (const auto& said : each.row.told.said) {
      if (!said.offset_minutes) continue;
      of_one = of_one && (!offset || offset == said.offset_minutes);
      offset = said.offset_minutes;
    }
  }
  if (!of_one) {
    make_all(making);
    return;
  }
  for (auto& each : entries_) {
    if (each.touched) put(each, sum_of(each.row.told), true, making);
  }
}

/// Where the clock changed: all days that what was told has a part in.
void WalkerDays::make_all(const Making& making) {
  std::vector<ToldDay> told;
  std::set<time::Day> days;
  for (const auto& each : entries_) {
    if (!each.row.told.said.empty()) told.push_back({each.row.day, each.row.told});
    if (!each.touched) continue;
    for (auto i = -kReach; i <= kReach; ++i) days.insert(each.row.day + std::chrono::days(i));
  }
  for (const auto day : days) {
    const auto from = std::ranges::lower_bound(told, day - std::chrono::days(kReach), {}, &ToldDay::day);
    const auto to = std::ranges::upper_bound(told, day + std::chrono::days(kReach), {}, &ToldDay::day);
    const std::span<const ToldDay> around(from, to);
    const bool plain = of_one_offset(around);
    const auto* known = find(day);
    if (plain && known == nullptr) continue;
    const auto sum = plain ? sum_of(known->row.told) : sum_of(day, around);
    if (known == nullptr && sum.total == 0) continue;
    put(entry(day), sum, plain, making);
  }
}

void WalkerDays::put(Entry& entry, const DaySum& sum, bool plain, const Making& making) {
  auto& row = entry.row;
  const auto confidence = confidence_of(sum, row.told, making.limits).percent;
  const bool same = row.total == sum.total && row.confidence == confidence && row.by_hours == sum.by_hours &&
                    row.plain == plain && row.is_stored;
  if (same && !entry.touched) return;
  if (row.total != sum.total || !row.is_stored) {
    if (row.total != sum.total) {
      const auto today = utc_day(making.now + std::chrono::minutes(offset_minutes_));
      making.changes.push_back({walker_, row.day, row.total, sum.total, row.day == today, making.now});
    }
    row.reached_at = making.now;
  }
  row.total = sum.total;
  row.confidence = confidence;
  row.by_hours = sum.by_hours;
  row.plain = plain;
  entry.touched = false;
  if (row.told.said.empty() && row.total == 0) {  // it was another day's, and is no more
    if (row.is_stored) remove(connection_, walker_, row.day);
    row.is_stored = false;
    return;
  }
  write(connection_, walker_, row);
  row.is_stored = true;
}

/// What day it is for the walker goes by the clock that was seen last.
void WalkerDays::follow_the_clock(time::Timestamp now) {
  const auto differs = [&](const Entry& each) {
    return each.touched && is_near(each.row.day, utc_day(now)) &&
           std::ranges::any_of(each.row.told.said, [this](const Said& said) {
             return said.offset_minutes && *said.offset_minutes != offset_minutes_;
           });
  };
  if (std::ranges::none_of(entries_, differs)) return;
  std::vector<ToldDay> told;
  for (const auto& each : entries_) told.push_back({each.row.day, each.row.told});
  const auto quarter = std::chrono::floor<std::chrono::minutes>(now.time_since_epoch()).count() / 15;
  const auto offset = WalkerClock(told).seen_at(quarter);
  if (!offset || *offset == offset_minutes_) return;
  walkers::set_offset(connection_, walker_, *offset);
  offset_minutes_ = *offset;
}

Recorded WalkerDays::recorded(time::Day day) {
  const auto* known = find(day);
  return {day, known == nullptr ? 0 : known->row.total, 0};
}

Recorded WalkerDays::recorded(const Update& update) {
  auto recorded = this->recorded(update.day);
  const bool tells_offset = update.source != Source::first_release && update.offset_minutes.has_value();
  if (const auto* known = find(update.day)) {
    for (const auto& said : known->row.told.said) {
      const bool same_offset = tells_offset ? said.offset_minutes == update.offset_minutes : !said.offset_minutes;
      if (said.device == update.device && same_offset) recorded.version = said.version;
    }
  }
  return recorded;
}

}  // namespace dontgoback::walk::steps
